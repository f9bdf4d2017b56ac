// The page's one script, all of it convenience. In the head, it sets the theme before the first paint.
(() => {
  'use strict'
  const root = document.documentElement
  const $ = (selector, within = document) => within.querySelector(selector)
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)]
  const on = (kind, act) => addEventListener(kind, act)
  function make(name, ...content) {
    const element = document.createElement(name)
    element.append(...content)
    return element
  }
  function lastWhere(length, holds) { // binary search; -1: none
    let low = -1, high = length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (holds(middle)) low = middle
      else high = middle - 1
    }
    return low
  }

  // ---- Theme: the system's until one is chosen.
  try {
    root.dataset.theme = localStorage.getItem('theme') ?? ''
  } catch { /* forbidden */ }

  function toggleTheme() {
    const shown = root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
    root.dataset.theme = shown === 'dark' ? 'light' : 'dark'
    try { localStorage.setItem('theme', root.dataset.theme) } catch { /* as above */ }
  }

  // ---- Formulas: each carries what its author typed, inline on its <math>, displayed on its box, there with its dollars.
  const delimited = ({ dataset: { tex, dollars = '$' } }) => dollars + tex + dollars
  const elementOf = node => (node.matches ? node : node.parentElement)
  const formulaAround = node => elementOf(node).closest('[data-tex]')

  // Text is copied with its formulas' TeX; a selection inside a formula is that formula.
  function copySelection(event) {
    const selection = getSelection()
    if (selection.isCollapsed) return
    const range = selection.getRangeAt(0).cloneRange()
    const first = formulaAround(range.startContainer), last = formulaAround(range.endContainer)
    if (first && first === last) return put(event, first.dataset.tex)
    if (first) range.setStartBefore(first)
    if (last) range.setEndAfter(last)
    const copy = make('div', range.cloneContents())
    const formulas = $$('[data-tex]', copy)
    if (!formulas.length) return
    const alone = copy.textContent.trim() === formulas[0].textContent.trim()
    for (const formula of formulas) {
      const source = alone ? formula.dataset.tex : delimited(formula)
      formula.replaceWith(make(formula.matches('.equation') ? 'p' : 'span', source))
    }
    copy.className = 'offscreen'
    document.body.append(copy) // innerText of what is rendered has line ends
    put(event, copy.innerText.trim())
    copy.remove()
  }
  function put(event, text) {
    event.clipboardData.setData('text/plain', text)
    event.preventDefault()
  }

  // One button serves all displays: it moves to the pointer or the focus.
  function offerCopy(event) {
    const button = $('#copy'), equation = event.target.closest?.('.body .equation[data-tex]')
    if (!equation || !navigator.clipboard || equation.nextSibling === button) return // not over http
    button.textContent = button.dataset.label
    button.hidden = false
    button.onclick = async () => {
      await navigator.clipboard.writeText(equation.dataset.tex)
      button.textContent = button.dataset.done
    }
    equation.after(button)
    button.style.top = `${equation.offsetTop}px`
  }

  // ---- Previews: what a reference means.
  let previewed, timer
  function preview(link, delay) {
    clearTimeout(timer)
    if (link !== previewed) timer = setTimeout(() => showPreview(link), delay)
  }
  function hidePreview(delay = 0) {
    clearTimeout(timer)
    timer = setTimeout(() => {
      $('#preview').hidden = true
      previewed?.removeAttribute('aria-describedby')
      previewed = null
    }, delay)
  }
  function excerpt(target) {
    const whole = target.closest('.equation, figure, aside')
    if (whole) return [whole]
    if (target.matches('article')) return $$('.date, .title, .body > p', target).slice(0, 3)
    return [target, target.nextElementSibling].filter(Boolean)
  }
  function showPreview(link) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (!target) return
    const box = $('#preview')
    box.replaceChildren(...excerpt(target).map(part => part.cloneNode(true)))
    for (const part of $$('[id]', box)) part.id = ''
    for (const part of $$('a, [tabindex]', box)) part.tabIndex = -1
    box.hidden = false
    const place = link.getClientRects()[0], above = place.top > innerHeight - place.bottom
    box.style.left = `${Math.max(8, Math.min(place.left, root.clientWidth - box.offsetWidth - 8))}px`
    box.style.top = `${above ? Math.max(8, place.top - box.offsetHeight - 6) : place.bottom + 6}px`
    link.setAttribute('aria-describedby', 'preview')
    previewed = link
  }
  const reference = event => event.target.closest?.(':is(.body, .mentions) a[href^="#"]:not(.permalink)')
  function watchReferences() {
    on('pointerover', event => {
      if (event.pointerType !== 'mouse') return
      const link = reference(event)
      if (link) preview(link, 150)
      else if (event.target.closest?.('#preview')) clearTimeout(timer)
      else hidePreview(250)
    })
    on('focusin', event => reference(event) && preview(reference(event), 0))
    on('focusout', event => reference(event) && hidePreview())
    on('scroll', () => previewed && hidePreview())
  }

  // ---- Posts: where the reader is, and the next.
  let posts = []
  const topOf = post => post.getBoundingClientRect().top
  function currentPost() { // at the page's end, where the last ones cannot come to the top, the address tells
    const passed = lastWhere(posts.length, index => topOf(posts[index]) < 5) // a jump may miss by a pixel or two
    const ended = scrollY + innerHeight > root.scrollHeight - 2
    return ended ? Math.max(passed, posts.findIndex(({ id }) => location.hash === `#${id}`)) : passed
  }
  function go(step) {
    const current = currentPost()
    const atTop = current < 0 || topOf(posts[current]) > -innerHeight / 3
    const post = posts[step < 0 && !atTop ? current : current + step]
    if (!post) return $(step > 0 ? '.next a' : '.previous a', posts.at(step > 0 ? -1 : 0))?.click()
    history.replaceState(null, '', `#${post.id}`)
    post.scrollIntoView()
    dispatchEvent(new Event('scroll')) // even if there is no way to
    $('.title', post).parentElement.focus({ preventScroll: true })
  }
  function followReading() {
    const links = new Map($$('#contents a[href^="#"]').map(link => [link.hash.slice(1), link]))
    let marked, waiting
    const mark = () => {
      waiting = false
      const link = links.get(posts[currentPost()]?.id)
      if (link === marked) return
      marked?.removeAttribute('aria-current')
      link?.setAttribute('aria-current', 'true')
      marked = link
      const list = $('#contents'), place = link ? topOf(link) - topOf(list) : 0
      if (place < 60 || place > list.clientHeight - 60) list.scrollTop += place - list.clientHeight / 3
    }
    on('scroll', () => { if (!waiting) { waiting = true; requestAnimationFrame(mark) } })
    mark()
  }

  // ---- Contents: the entries that hold what was typed.
  function filterContents() {
    const wanted = patternOf($('#filter').value), told = $('#filtered')
    for (const item of $$('#contents li')) item.hidden = wanted && item.textContent.search(wanted) < 0
    for (const part of $$('#contents section')) part.hidden = !$('li:not([hidden])', part)
    told.textContent = wanted && told.dataset.format.replace('{}', $$('#contents li:not([hidden])').length)
  }

  // ---- Search: no index; each post's text, TeX for formulas, is read once and scanned.
  const shifted = (c, by) => String.fromCharCode(c.charCodeAt(0) + by)
  function patternOf(typed) { // either case, either width, any space for a space
    const narrow = typed.trim().replace(/[！-～]/g, c => shifted(c, -0xfee0))
    const either = c => `[${/\w/.test(c) ? c : `\\${c}`}${shifted(c, 0xfee0)}]`
    return narrow && new RegExp(narrow.replace(/\s+|[!-~]/g, c => (/\s/.test(c) ? '\\s+' : either(c))), 'gi')
  }
  const BREAKS = /^(p|br|h\d|li|t[dh]|d[dt]|fig.*|div|pre)$/
  const dotted = prose => prose.replace(/\0+/g, '…')
  function readPost(post) { // the text, the same with NULs for TeX, and where in it each node begins
    const starts = [], nodes = []
    let text = '', prose = ''
    const add = (node, more, shown = more) => {
      starts.push(text.length)
      nodes.push(node)
      text += more
      prose += shown
    }
    const read = parent => {
      for (let node = parent.firstChild; node; node = node.nextSibling) {
        const name = node.localName, tex = name && node.getAttribute('data-tex')
        if (!name) add(node, node.data)
        else if (tex) add(node, tex, '\0'.repeat(tex.length))
        else if (name !== 'footer' && !/^(permalink|copy)$/.test(node.className)) {
          read(node)
          if (BREAKS.test(name)) { text += '\n'; prose += '\n' }
        }
      }
    }
    read(post)
    return { post, text, prose, starts, nodes }
  }

  let texts, recent = {}, hits = [], at = -1 // hits: [index of the post, start, end]
  const near = new Set()
  const field = () => $('#find-text')
  function search() {
    const wanted = patternOf(field().value)
    hits = []
    at = -1
    if (wanted) {
      texts ??= posts.map(post => {
        const { text, prose } = readPost(post)
        return { text, prose }
      })
      texts.forEach(({ text }, index) => {
        for (let hit; (hit = wanted.exec(text));) hits.push([index, hit.index, wanted.lastIndex])
      })
    }
    listHits()
    tellCount()
    highlight()
  }
  function listHits() {
    const firsts = hits.flatMap(([index], order) => (index === hits[order - 1]?.[0] ? [] : order))
    $('#find-list').replaceChildren(...firsts.map((order, place) => {
      const [index, from, to] = hits[order], { text, prose } = texts[index]
      const button = make('button', make('b', $('.title', posts[index]).textContent),
        make('i', (firsts[place + 1] ?? hits.length) - order),
        make('span', `…${dotted(prose.slice(Math.max(0, from - 500), from)).slice(-12)}`, make('mark', text.slice(from, to)),
          `${dotted(prose.slice(to, to + 500)).slice(0, 28)}…`))
      button.type = 'button'
      button.onclick = () => showHit(order)
      return make('li', button)
    }))
    $('#find-list').hidden = !hits.length
  }
  function tellCount() {
    const told = $('#find-count'), { none, some } = told.dataset, typed = field().value.trim(), all = $('#find a')
    const values = { at: at < 0 ? '' : `${at + 1}/`, hits: hits.length, posts: $$('#find-list li').length }
    told.textContent = hits.length ? some.replace(/\{(\w+)\}/g, (_, name) => values[name]) : typed && none
    if (!all) return
    all.search = new URLSearchParams({ q: typed })
    all.firstChild.hidden = typed && !hits.length
    all.lastChild.hidden = !all.firstChild.hidden
  }
  function rangeOf([index, from, to]) {
    if (recent.post !== posts[index]) recent = readPost(posts[index])
    const { starts, nodes } = recent, range = new Range()
    const set = (edge, beside, offset, within) => {
      const piece = lastWhere(starts.length, index => starts[index] <= within), node = nodes[piece]
      if (node.dataset) range[beside](node)
      else range[edge](node, Math.min(offset - starts[piece], node.length))
    }
    set('setStart', 'setStartBefore', from, from)
    set('setEnd', 'setEndAfter', to, to - 1)
    return range
  }
  function highlight() { // near the window alone: ranges are slow
    if (!CSS.highlights) return
    const shown = hits.filter(([index], order) => near.has(posts[index]) && order !== at)
    CSS.highlights.set('found', new Highlight(...shown.map(rangeOf)))
    CSS.highlights.set('found-here', new Highlight(...(at < 0 ? [] : [rangeOf(hits[at])])))
  }
  function showHit(order) {
    at = (order + hits.length) % hits.length
    const range = rangeOf(hits[at])
    elementOf(range.startContainer).scrollIntoView({ block: 'center' })
    scrollBy(0, range.getBoundingClientRect().top - innerHeight / 2)
    $('#find-list').hidden = true
    tellCount()
    highlight()
  }
  function showNext(step) {
    if (hits.length) showHit(step > 0 ? at + 1 : Math.max(at, 0) - 1)
  }
  function openSearch() {
    $('#find').hidden = false
    field().select()
    field().focus()
  }
  function closeSearch() {
    $('#find').hidden = true
    field().blur()
    field().value = ''
    search()
  }
  function prepareSearch() {
    field().oninput = search
    field().onkeydown = event => {
      if (event.key === 'Enter' && !event.isComposing) showNext(event.shiftKey ? -1 : 1)
    }
    $('#find').onsubmit = () => false
    $('#find-next').onclick = () => showNext(1)
    $('#find-previous').onclick = () => showNext(-1)
    $('#find-close').onclick = closeSearch
    const asked = new URLSearchParams(location.search).get('q')
    if (asked) {
      field().value = asked
      openSearch()
      search()
    }
  }

  // ---- Near the window hits are marked, and what scrolls is reached by Tab.
  function admitLong(posts) { // reads every width, then writes
    const boxes = [...posts].flatMap(post => $$('.formula, .rows, pre, .table, .wide', post))
    const long = boxes.map(box => box.scrollWidth > box.clientWidth + 1)
    boxes.forEach((box, order) => { if (long[order]) box.tabIndex = 0; else box.removeAttribute('tabindex') })
  }
  function watchWindow() {
    const observer = new IntersectionObserver(entries => {
      for (const { target, isIntersecting } of entries) near[isIntersecting ? 'add' : 'delete'](target)
      admitLong(near)
      if (hits.length) highlight()
    }, { rootMargin: '50%' })
    for (const post of posts) observer.observe(post)
    // What a post was drawn with stays in memory unless its content is taken out while skipped.
    on('contentvisibilityautostatechange', ({ target, skipped }) => {
      if (skipped) target.append(...target.childNodes)
    })
    on('resize', () => admitLong(near))
  }

  // ---- Printing: in far posts, too, what is long is known by now. For each sheet a browser seeks all that is linked
  // to: a place's link to itself can go.
  const unlinked = []
  on('beforeprint', () => {
    admitLong(posts)
    for (const link of $$('.permalink[href]')) unlinked.push([link, link.removeAttributeNode(link.attributes.href)])
  })
  on('afterprint', () => unlinked.splice(0).forEach(([link, href]) => link.setAttributeNode(href)))

  // ---- Keys.
  const help = () => $('#help')[$('#help').open ? 'close' : 'showModal']()
  const KEYS = { j: () => go(1), k: () => go(-1), '/': openSearch, t: toggleTheme, '?': help }
  function press(event) {
    if (event.key === 'Escape') { hidePreview(); closeSearch() }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (event.target.matches('input, select') || !KEYS[event.key] || ($('#help').open && event.key !== '?')) return
    event.preventDefault()
    KEYS[event.key]()
  }

  on('DOMContentLoaded', () => {
    posts = $$('#text article')
    for (const tool of $$('.tool, .filter')) tool.hidden = false
    $('#theme').onclick = toggleTheme
    $('#search').onclick = openSearch
    $('#keys').onclick = help
    $('#filter').oninput = filterContents
    on('change', ({ target }) => { // the report's lists hide posts
      if (!target.matches('select')) return
      posts = $$('#text article').filter(post => post.offsetParent)
      texts = null
    })
    on('copy', copySelection)
    on('pointerover', offerCopy)
    on('focusin', offerCopy)
    on('keydown', press)
    watchReferences()
    prepareSearch()
    followReading()
    watchWindow()
  })
})()
