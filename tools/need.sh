#!/bin/sh
# usage: need.sh PROGRAM PACKAGES
# Make sure that PROGRAM is there: on Debian and as root by installing PACKAGES, else by saying what to install.
set -eu

program=$1
packages=$2
if [ "$packages" = texlive ]; then
    packages="texlive-xetex texlive-lang-chinese texlive-latex-recommended texlive-latex-extra \
texlive-fonts-recommended lmodern fonts-noto-cjk fonts-dejavu-core"
fi

command -v "$program" >/dev/null 2>&1 && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing $packages"
    # One update a day is enough, and several targets may ask in one run.
    if [ -z "$(find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' -mtime -1 2>/dev/null | head -n 1)" ]; then
        apt-get update -qq
    fi
    # shellcheck disable=SC2086 # several packages are several words
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
    exit 0
fi

echo "$program is missing. Install it and try again:" >&2
echo "    sudo apt-get install $packages" >&2
exit 4
