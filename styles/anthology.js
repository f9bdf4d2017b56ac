// The page's one script, all of it convenience: without it the page is whole, readable and linked.
// It stands in the head, to set the theme before the first paint.
(() => {
  'use strict'
  const root = document.documentElement
  const $ = (selector, within = document) => within.querySelector(selector)
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)]
  function make(name, ...content) {
    const element = document.createElement(name)
    element.append(...content)
    return element
  }
  function lastWhere(length, holds) { // binary search; -1 when none holds
    let low = -1, high = length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (holds(middle)) low = middle
      else high = middle - 1
    }
    return low
  }

  // ---- Theme: the system's until one is chosen.
  const themes = ['light', 'dark']
  try { // may be forbidden
    const chosen = localStorage.getItem('theme')
    if (themes.includes(chosen)) root.dataset.theme = chosen
  } catch { /* then the system's */ }

  function toggleTheme() {
    const shown = root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
    root.dataset.theme = themes.find(theme => theme !== shown)
    try { localStorage.setItem('theme', root.dataset.theme) } catch { /* as above */ }
  }

  // ---- Formulas: each carries what its author typed, inline on its <math>, displayed on its box.
  const FORMULA = '[data-tex]'
  const texOf = formula => formula.dataset.tex
  function delimited(formula) {
    if (!formula.matches('.equation')) return `$${texOf(formula)}$`
    return texOf(formula).startsWith('\\begin{') ? texOf(formula) : `$$${texOf(formula)}$$`
  }
  const elementOf = node => (node.matches ? node : node.parentElement)
  const formulaAround = node => elementOf(node).closest(FORMULA)

  // Text is copied with the TeX of its formulas; a selection inside a formula copies that formula.
  function copySelection(event) {
    const selection = getSelection()
    if (selection.isCollapsed) return
    const range = selection.getRangeAt(0).cloneRange()
    const first = formulaAround(range.startContainer), last = formulaAround(range.endContainer)
    if (first && first === last) return put(event, texOf(first))
    if (first) range.setStartBefore(first)
    if (last) range.setEndAfter(last)
    const copy = make('div', range.cloneContents())
    if (!$(FORMULA, copy)) return
    for (const extra of $$('.permalink, .copy', copy)) extra.remove()
    const formulas = $$(FORMULA, copy)
    const alone = formulas.length === 1 && copy.textContent.trim() === formulas[0].textContent.trim()
    for (const formula of formulas) {
      const source = alone ? texOf(formula) : delimited(formula)
      formula.replaceWith(make(formula.matches('.equation') ? 'p' : 'span', source))
    }
    copy.className = 'offscreen'
    document.body.append(copy) // only rendered text has its line ends in innerText
    put(event, copy.innerText.trim())
    copy.remove()
  }
  function put(event, text) {
    event.clipboardData.setData('text/plain', text)
    event.preventDefault()
  }

  // One button serves all displayed formulas: it moves to the pointer or the focus.
  function offerCopy(event) {
    const button = $('#copy'), equation = event.target.closest?.('.body .equation[data-tex]')
    if (!equation || equation.nextSibling === button) return
    button.textContent = button.dataset.label
    button.hidden = false
    button.onclick = async () => {
      await writeClipboard(texOf(equation))
      button.textContent = button.dataset.done
    }
    equation.after(button)
    button.style.top = `${equation.offsetTop}px`
  }
  async function writeClipboard(text) {
    try {
      await navigator.clipboard.writeText(text)
    } catch { // no permission, or not a secure context
      const once = event => { put(event, text); event.stopImmediatePropagation() }
      addEventListener('copy', once, { once: true, capture: true })
      document.execCommand('copy')
    }
  }

  // ---- Previews: what a reference means.
  let previewed = null, timer = 0
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
    for (const part of $$('.permalink, .copy', box)) part.remove()
    for (const part of $$('a, [tabindex]', box)) part.tabIndex = -1
    box.hidden = false
    const place = link.getClientRects()[0], above = place.top > innerHeight - place.bottom
    box.style.left = `${Math.max(8, Math.min(place.left, root.clientWidth - box.offsetWidth - 8))}px`
    box.style.top = `${above ? Math.max(8, place.top - box.offsetHeight - 6) : place.bottom + 6}px`
    link.setAttribute('aria-describedby', 'preview')
    previewed = link
  }
  const reference = event => event.target.closest?.('.body a[href^="#"]:not(.permalink), .mentions a[href^="#"]')
  function watchReferences() {
    document.addEventListener('pointerover', event => {
      if (event.pointerType !== 'mouse') return
      const link = reference(event)
      if (link) preview(link, 150)
      else if (event.target.closest?.('#preview')) clearTimeout(timer)
      else hidePreview(250)
    })
    document.addEventListener('focusin', event => reference(event) && preview(reference(event), 0))
    document.addEventListener('focusout', event => reference(event) && hidePreview())
    addEventListener('scroll', () => previewed && hidePreview())
  }

  // ---- Posts: where the reader is, and the next.
  let posts = []
  const topOf = post => post.getBoundingClientRect().top
  const currentPost = () => lastWhere(posts.length, index => topOf(posts[index]) <= innerHeight / 3)
  function go(step) {
    const current = currentPost()
    const atTop = current < 0 || topOf(posts[current]) > -innerHeight / 3
    const post = posts[step < 0 && !atTop ? current : current + step]
    if (!post) return $(step > 0 ? 'article:last-of-type .next a' : 'article .previous a')?.click()
    history.replaceState(null, '', `#${post.id}`)
    post.scrollIntoView()
    $('.title', post).parentElement.focus({ preventScroll: true })
  }
  function followReading() {
    const links = new Map($$('.contents a[href^="#"]').map(link => [link.hash.slice(1), link]))
    let marked = null, waiting = false
    const mark = () => {
      waiting = false
      const link = links.get(posts[currentPost()]?.id)
      if (link === marked) return
      marked?.removeAttribute('aria-current')
      link?.setAttribute('aria-current', 'true')
      marked = link
      const list = $('.contents'), place = link ? topOf(link) - topOf(list) : 0
      if (place < 60 || place > list.clientHeight - 60) list.scrollTop += place - list.clientHeight / 3
    }
    addEventListener('scroll', () => { if (!waiting) { waiting = true; requestAnimationFrame(mark) } })
    mark()
  }

  // ---- Contents: the entries that hold what was typed.
  function filterContents() {
    const wanted = fold($('#filter').value.trim()), told = $('#filtered')
    for (const item of $$('.contents li')) item.hidden = !fold(item.textContent).includes(wanted)
    for (const part of $$('.contents section')) part.hidden = !$('li:not([hidden])', part)
    const shown = $$('.contents li:not([hidden])').length
    told.textContent = wanted && told.dataset.format.replace('{}', shown)
  }

  // ---- Search: no index; each post's text, TeX in the place of formulas, is folded once and scanned.
  function fold(text) { // of the same length, so that offsets hold in both
    const narrow = text.replace(/[\s\u3000！-～]/g, c => (c >= '！' ? String.fromCharCode(c.charCodeAt(0) - 0xfee0) : ' '))
    const lower = narrow.toLowerCase()
    return lower.length === narrow.length ? lower : narrow.replace(/[A-Z]/g, c => c.toLowerCase())
  }
  const BREAKS = /^(p|h\d|li|t[dh]|d[dt]|fig.*|div|pre)$/
  let texts = null // per post: { post, text, folded, starts, nodes }
  function readPost(post) {
    const chunks = [], starts = [], nodes = []
    let length = 0
    const add = (text, node) => {
      if (node) { starts.push(length); nodes.push(node) }
      chunks.push(text)
      length += text.length
    }
    const read = parent => {
      for (let node = parent.firstChild; node; node = node.nextSibling) {
        if (node.nodeType === Node.TEXT_NODE) add(node.data, node)
        else if (node.dataset?.tex) add(texOf(node), node)
        else if (node.matches?.(':not(.permalink, .copy, footer)')) {
          read(node)
          if (BREAKS.test(node.localName)) add('\n')
        }
      }
    }
    read(post)
    const text = chunks.join('')
    return { post, text, folded: fold(text), starts, nodes }
  }

  let needle = '', hits = [], at = -1, near = new Set() // hits: [index of the post, offset]
  function search() {
    needle = fold($('#find-text').value.trim())
    texts ??= posts.map(readPost)
    hits = []
    at = -1
    if (needle) texts.forEach(({ folded }, index) => {
      for (let from = folded.indexOf(needle); from >= 0; from = folded.indexOf(needle, from + needle.length)) hits.push([index, from])
    })
    listHits()
    tellCount()
    highlight()
  }
  function listHits() {
    const firsts = hits.flatMap(([index], order) => (index === hits[order - 1]?.[0] ? [] : order))
    $('#find-list').replaceChildren(...firsts.map((order, place) => {
      const [index, from] = hits[order], { post, text } = texts[index]
      const around = text.slice(Math.max(0, from - 12), from + needle.length + 28)
      const button = make('button', make('b', $('.title', post).textContent),
        make('i', (firsts[place + 1] ?? hits.length) - order), make('span', `…${around}…`))
      button.type = 'button'
      button.onclick = () => showHit(order)
      return make('li', button)
    }))
    $('#find-list').hidden = !hits.length
  }
  function tellCount() {
    const { none, some } = $('#find-count').dataset
    const values = { at: at < 0 ? '' : `${at + 1}/`, hits: hits.length, posts: new Set(hits.map(([index]) => index)).size }
    $('#find-count').textContent = !needle ? '' : !hits.length ? none : some.replace(/\{(\w+)\}/g, (_, name) => values[name])
  }
  function rangeOf([index, from]) {
    const { starts, nodes } = texts[index]
    const piece = offset => lastWhere(starts.length, index => starts[index] <= offset)
    const [first, last] = [piece(from), piece(from + needle.length - 1)], range = new Range()
    if (nodes[first].dataset) range.setStartBefore(nodes[first])
    else range.setStart(nodes[first], Math.min(from - starts[first], nodes[first].length))
    if (nodes[last].dataset) range.setEndAfter(nodes[last])
    else range.setEnd(nodes[last], Math.min(from + needle.length - starts[last], nodes[last].length))
    return range
  }
  function highlight() { // only what is near the window: ranges for every hit would be slow
    if (!CSS.highlights) return
    const shown = hits.filter(([index], order) => near.has(texts[index].post) && order !== at)
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
  function openSearch() {
    $('#find').hidden = false
    $('#find-text').select()
    $('#find-text').focus()
  }
  function closeSearch() {
    $('#find').hidden = true
    $('#find-text').value = ''
    search()
  }
  function prepareSearch() {
    $('#find-text').addEventListener('input', search)
    $('#find-text').addEventListener('keydown', event => {
      if (event.key !== 'Enter' || !hits.length || event.isComposing) return
      event.preventDefault()
      showHit(event.shiftKey ? Math.max(at, 0) - 1 : at + 1)
    })
    $('#find').addEventListener('submit', event => event.preventDefault())
    $('#find-next').onclick = () => hits.length && showHit(at + 1)
    $('#find-previous').onclick = () => hits.length && showHit(Math.max(at, 0) - 1)
    $('#find-close').onclick = closeSearch
  }

  // ---- What is near the window gets its hits marked, and what scrolls there is reached by Tab.
  function admitLong(post) {
    for (const box of $$('.formula, .rows, pre, .table', post)) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0
      else box.removeAttribute('tabindex')
    }
  }
  function watchWindow() {
    const observer = new IntersectionObserver(entries => {
      for (const { target, isIntersecting } of entries) {
        near[isIntersecting ? 'add' : 'delete'](target)
        if (isIntersecting) admitLong(target)
      }
      if (needle) highlight()
    }, { rootMargin: '50%' })
    for (const post of posts) observer.observe(post)
    addEventListener('resize', () => near.forEach(admitLong))
  }

  // ---- Keys.
  const help = () => $('#help').open ? $('#help').close() : $('#help').showModal()
  const KEYS = { j: () => go(1), k: () => go(-1), '/': openSearch, t: toggleTheme, '?': help }
  function press(event) {
    if (event.key === 'Escape') { hidePreview(); if (!$('#find').hidden) closeSearch() }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (event.target.matches('input, textarea, select') || !KEYS[event.key]) return
    event.preventDefault()
    KEYS[event.key]()
  }

  document.addEventListener('DOMContentLoaded', () => {
    posts = $$('article')
    for (const tool of $$('[data-js]')) tool.hidden = false
    $('#theme').onclick = toggleTheme
    $('#search').onclick = openSearch
    $('#keys').onclick = help
    $('#filter')?.addEventListener('input', filterContents)
    document.addEventListener('copy', copySelection)
    document.addEventListener('pointerover', offerCopy)
    document.addEventListener('focusin', offerCopy)
    document.addEventListener('keydown', press)
    watchReferences()
    prepareSearch()
    followReading()
    watchWindow()
  })
})()
