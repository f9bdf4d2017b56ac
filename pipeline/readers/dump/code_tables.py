"""What a line of code looks like in the languages that blogs show, and what signs code leaves on a line in any of them.

Everything here is tried on single lines, or on the text where it begins. No alternative holds a repetition in another
one that could match the same characters: a line takes work in step with its length.
"""

from __future__ import annotations

import re
from typing import Final

STATEMENT: Final = re.compile(
    r"""\s*+(?:
      (?:from\s+[\w.]+\s+)?import\s+[\w.*]+(?:\s+as\s+\w+)?\s*(?:,.*|;.*|\#.*)?
    | import\s+(?:[\w.]+\s+)?"[^"]*";?
    | (?:async\s+)?def\s+\w+\s*\(.*
    | class\s+\w+\s*[:({].*
    | (?:if|elif|while|with|except|switch)\b[^，。]*[=<>()\[\]_.'"].*[:{]\s*(?:\#.*)?
    | for\s+\w+(?:,\s*\w+)*\s+in\s.*:\s*(?:\#.*)?
    | (?:try|else|finally|except)\s*[:{]
    | (?:return|yield|raise|assert|del)\b(?:\s+[\w'"(\[{~-].*)?
    | @\w[\w.]*(?:\(.*)?
    | (?:var|let|const|int|float|double|char|void|auto|public|private|static|func|fn|local)\s+[\w*&]+.*[=;({].*
    | (?:package|using)\s+[a-z][\w.]*;?|using\s+[A-Z]\w+(?:,\s*[A-Z]\w+)*|module\s+[\w.]+\s+where
    | (?:function|procedure|sub|proc|macro)\s+[\w.:]+\s*\(.*\)
    | (?:[a-z]\w*::)+\w+(?:<[^;]*>)?[&*]*\s+\w+.*;
    | (?:sudo|apt|apt-get|pip3?|conda|git|cd|wget|curl|python[0-9.]*|ssh|scp|opkg|echo|export|docker|npm|brew|yum
        |make|mkdir|chmod)\s+[\w./~$"'-].*
    | (?:ls|cat|cp|mv|rm|grep|sed|awk|tar|find|tail|head|touch|source|kill|systemctl|service|node|npx|yarn|go|cargo
        |gcc|g\+\+|java|javac|ruby|gem|hexo|jupyter|kubectl|ffmpeg|pandoc)\s(?=.*(?:\s--?\w|\w\.\w|/)).*
    | (?:>>>|\.\.\.|\$|In\s?\[\d+\]:)\s.*
    | [\w.\[\]'":*, \t()]+?(?:[-+*/%|&]|//|\*\*)?=(?!=)\s*[\w'"(\[{~-].*
    | [A-Za-z_]\w*=\$(?:[({]|[A-Za-z_]{2}).*
    | [A-Za-z_.][\w.$\[\]]*\s*<-\s*[\w'"(\[{~-].*
    | \w+\s+::\s+.*->.*
    | (?=[^\#]*[=<>(])[^\#]+\s\#\s.*
    | (?![0-9]{4}[-/])[\w.()\[\]]+(?:[ ]?[-+*/%|&^<>]+[ ]?[\w.()\[\]]+)+\s+\#.*
    | print\s+(?:[uU]?["'].*|\(.*|\w+(?:[.(\[,+-].*)?)
    | [A-Za-z_][\w.]*(?:\[[^\[\]]*\][\w.]*)*\(.*\)?[;,:]?
    | (?:[\w.]+\ [-+*/%]\ )+[A-Za-z_]\w*\.[A-Za-z_]\w+\(.*
    | \w?(?:'[^'\n]*'|"[^"\n]*")\s*[=!]=\s*\S.*
    | [\])}]+[,;)]*
    | (?:\#|//)\s?.* | \(\*[^*)].*\*\)
    | \"\"\".*|\'\'\'.*
    )\s*""",
    re.VERBOSE,
)
"""A line that is a statement; some lines of prose are, too, so that one alone proves nothing."""

CERTAIN: Final = re.compile(
    r"""['";{] | [A-Za-z]{2}_ | _[A-Za-z]{2} | __ | \w\(\) | ^\s*print(?:\(|[ ][uU]?["']) | >>> | \#(?:!|include\b)
    | ^(?!.*\)\s[A-Za-z]{2}).*\w\.(?!(?:com|org|net|edu|cn)\()[A-Za-z_]\w+\(
    | \s*(?:import|from|def|class|return|sudo|pip3?|conda|npm|npx|yarn|brew|git|apt|apt-get|wget|curl|ssh|scp)\s
    | ^\s*(?:python[0-9.]*|ls|cp|mv|rm|grep|sed|awk|tar|mkdir|chmod|docker|gcc|g\+\+|javac|ffmpeg|pandoc)\s
      (?=.*(?:\s-|\w\.\w|/))""",
    re.VERBOSE,
)
"""What a statement has that no plain equation has: a string, a long name with an underscore, a call of a method."""

PROMPT: Final = re.compile(
    r"""\s*(?:
      (?:>>>|\$|λ>|[\w.~-]+@[\w.~:/-]+[#$]|In[ ]?\[[0-9]+\]:)[ ]\S
    | (?:mysql|mariadb(?:[ ]\[\w+\])?|sqlite|redis|ghci|Prelude|julia|scala|node|irb(?:\([^)]*\):[0-9:]+)?)>[ ]\S
    | (?:PS[ ])?[A-Za-z]:\\[^>\n]{0,80}>[ ]?\S
    | \(gdb\)[ ]\S
    )""",
    re.VERBOSE,
)
OPENING: Final = re.compile(
    r"""\s*(?:
      \#![ ]?/\S+.*(?:\n|$)
    | <\?(?:php|xml)\b | <!(?:DOCTYPE|doctype)[ ]
    | (?:</?\w[^<>\n]{0,200}>\s*){0,8}<script\b[^<>\n]{0,200}(?:\n|>\s*(?:\n|<|$)|>[^\n\u3400-\u9fff]*[;={(\[])
    | Traceback[ ]\(most[ ]recent[ ]call[ ]last\):
    | Exception[ ]in[ ]thread[ ]"
    | diff[ ]--git[ ] | ---[ ]\S+.*\n\+\+\+[ ]\S | @@[ ]-[0-9,]+[ ]\+[0-9,]+[ ]@@
    | (?:graph|flowchart)[ ](?:TB|TD|BT|RL|LR)\s*;?\s*\n | sequenceDiagram\s*\n
    | \\(?:documentclass|usepackage)\b
    | @[A-Za-z]{1,20}[ ]?\{[^\s,{}]{1,80},[ \t]*\n
    | [\[{]\s*(?:\{\s*)?"[^"\n]{1,80}"\s*:\s*(?:["\[{0-9-]|true|false|null|$)
    )""",
    re.VERBOSE,
)
"""How a whole chunk of code or of a program's output begins; what follows may be anything."""

QUERY: Final = re.compile(
    r"(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER TABLE|WITH \w+ AS)\b[^\n]*\n\s*"
    r"(?:FROM|SET|VALUES|WHERE|ON|AND|(?:LEFT |INNER )?JOIN|\(|[\w.]+,)",
    re.IGNORECASE,
)
"""A query in SQL: its first words, and below them another clause or a column."""

WORD_IN_CAPITALS: Final = re.compile(r"\s*[A-Z]{2,}\b")

KEYED: Final = re.compile(r"""\s*(?P<marker>(?:-\s)*)["']?[a-z][\w.-]*["']?:(?P<value>\s.*)?""")
"""A line of a file of settings: "key: value", or the mark of a member before it."""

_REMARKS: Final = r"\#.*|//.*|/\*++[^*\n]*\*+/|\(\*[^*)\n][^*\n]*\*\)"
LITERAL: Final = re.compile(rf"""{_REMARKS}|"[^"\n]*"|'[^'\n]*'|u"[^"\n]*"|u'[^'\n]*'""")
"""Comments and strings. Each alternative begins with a plain character: the search skips to those, text has few."""

STRING: Final = re.compile(rf"""{_REMARKS}|(?<!\w)"[^"\n]*"|(?<!\w)[uU]?'[^'\n]*'(?!\w)""")
"""The same where prose may stand: the apostrophes of words are no quotation marks."""

REMARK: Final = re.compile(r"(?:--|%|;;)\s.*")
"""A comment where a mark of prose begins one: what follows is not to be read."""

COMMENT: Final = re.compile(r"\s*(?:#|//|/\*|\*/|\(\*[^*)]|--\s|;;|%\s)")
"""A line that is a comment."""

TRAILING: Final = re.compile(r"\s(?:#|//)")
"""How a comment behind code begins, where no string does after it."""

GOES_ON: Final = re.compile(
    r"(?:[\\=|&?]|(?<!\+)\+|(?<!-)-|<<|=>|->|\|>|%[^%\s]*%|\b(?:and|or|of|do|then|begin|else|where|with))$"
)
"""How a line ends whose statement is not at its end, or that opens a block with a word."""

CONTINUES: Final = re.compile(r"[|+?:.=]|&&|<<|->|(?:where|and|or)\b")
"""How a line begins that goes on with the statement above it."""

HEADER: Final = re.compile(
    r"(?:\}\s*)?(?:else\s+|local\s+)?(?:if|for|foreach|while|until|switch|function|procedure|sub|proc|macro)\b.*\)"
)
"""The head of a block that no mark opens: of a single statement, as in C, or as in MATLAB."""

SIGN: Final = re.compile(
    r"""\w\((?![0-9]{1,3}\))
    | \w\[ | \[["'] | [{}]
    | [=\\|(\[+]\s*$
    | = | [<-]- | -> | :: | && | \|\|
    | [<>][=\w/]
    | \w_\w
    | [A-Za-z]\.[a-z]\w+\s*[(=\[]
    | \$[\w({]
    | \s--?[a-z]
    | \([-+*/=<>]\s
    | :\s+[-+]?[0-9\["'{]
    | ^\s*(?:
        (?:[a-z][\w.-]*|(?=\w*[a-z][A-Z])\w+)['"]?:\s
      | ['"][\w -]{1,40}['"]\s*:
      | (?:(?:end|endif|done|fi|esac|else|begin|do|then)\b(?:\s\w+)?|[\])}]+)[;,]?\s*$
      | \([\w=*+-][^()]*\( | \|
      )
    """,
    re.VERBOSE,
)
"""What code leaves on a line in any language: a call, an operator, a name with an underscore, "key:", "end"."""

HALF_SIGN: Final = re.compile(r"[;:]\s*$|\b(?:do|then|begin|where)\s*$|^\s*return\s\S+\s*$")
"""What ends lines of code, and lines of prose."""

OPERATOR: Final = re.compile(r"(?![A-Z][a-z]+\s)[^\n]*?(?:\w\(|[{}=]|<-|->|::|&&|\|\||\w_\w|\$[\w({]|(?<!\S)@[a-z]\w)")
"""A line with a sign on it that names of files, and other words between two listings, have not."""

LOOP: Final = re.compile(r"\s*(?:for|foreach|while|if|elif|elseif|else if)\b.*\b(?:do|then)\s*")
"""The head of a loop or a condition in pseudocode, which may read like a sentence."""

LAST: Final = re.compile(r".*;\s*|\s*(?:end|done|fi|esac)(?:\s\w+)?\s*")
"""A line that ends a statement or a block, and is neither where it stands alone."""

SHOWN: Final = re.compile(r"\s*[A-Za-z_][A-Za-z0-9_.]*(?:\s+#\s|\s*//).*")
"""A name with a comment: how code ends that shows what it has made; a call that does is a statement."""

BRANCH: Final = re.compile(r"\s*(?:\|\s{1,8}){0,12}[+|`\\][-=]{2,}[>\s]\s*(?=[^\s|+=-])")
"""A line of a tree that is drawn in ASCII."""

OPTION: Final = re.compile(
    r"""\s--?[A-Za-z](?![a-z]+(?:[ ]|$)) | \s--[a-z]
    | \s[~.]?/\w+[/\w.] | \s[A-Za-z][\w-]*/[\w-]+[/.]
    | \s(?:&&|\|\||[|>])\s*[a-z/] | \s2?>\s
    | ^\s*sudo\s""",
    re.VERBOSE,
)
"""What a command of a shell has and a line of verse has not: an option, a path, a pipe."""

ENTERED: Final = re.compile(r"-(?:[A-Za-z]|[a-z]{2})\b|--[a-z]")
"""An option with which a line begins that goes on with the command above."""

COMMAND: Final = re.compile(r"\s*(?:[a-z][\w.+-]*|\.{0,2}/[\w./-]+)(?:\s+[^\s,;，。；].*)?")
"""A line that may be a command: a program's name in lower case, and after it what is no mark."""

PROGRAM: Final = re.compile(r"(?P<program>[a-z][\w.-]+) +[^\s=(:<+*/-]")
"""The first word of a command, and what begins another one."""

ADDRESS: Final = re.compile(r"https?://\S+")

VARIABLE: Final = re.compile(
    r"""\$\((?:[a-z]{2,}[ ][^()$]|[a-z]{2,}\)(?!\$)|\.[ ])
    | \$\{\w{2,}\}(?![_^$])
    | \$\{\#\w | \{print[ ]\$
    | \$[A-Z][A-Z0-9_]{2,}(?:[/:"']|[ ]*$)
    | \$[a-z_]\w+(?:\|[ ]?[a-z]{2,}[ ] | [ ]-(?:eq|ne|lt|le|gt|ge)[ ] | "?[ ]\])
    """,
    re.VERBOSE | re.MULTILINE,
)
"""A variable of a shell or of awk, or what a command prints: its dollar opens no formula."""

TEX: Final = re.compile(r"\\(?:[A-Za-z]{2}|\\)")

ROWS: Final = re.compile(r"&[^\n\\]*\\\\[ \t]*$", re.MULTILINE)
"""An aligned row, of a formula that lost what was around it."""

TAG: Final = re.compile(r"\s*</?[a-zA-Z][\w-]*(?:\s[^<>]*)?>")
CLOSING_TAG: Final = re.compile(r"</[a-zA-Z][\w-]*>\s*$|/>\s*$")
CLOSER: Final = re.compile(r"\s*[\])}]+[;,)]*\s*")
