// Warns before the session ends, by lying idle or after its twelve hours (WCAG 2.2.1).
// Without scripts nothing of this shows, and what is sent too late is kept by the server.

const SECOND = 1000
const LOOK_EVERY = 5 * SECOND
const WARN_BEFORE = 5 * 60 * SECOND

export function warnBeforeSessionEnds () {
  const dialog = document.getElementById('session-ends')
  if (!(dialog instanceof HTMLDialogElement)) return
  const form = dialog.querySelector('form')
  const idle = Number(dialog.dataset.idle) * SECOND
  // Every tab of this browser shares the session, so each tells the others that it goes on, and
  // until when it can: somebody may have signed in again in one of them.
  const tabs = new BroadcastChannel('session')
  let last = Date.now() + Number(dialog.dataset.lasts) * SECOND
  let ends
  let isOver = false
  let isToldOfLast = false

  // The three things that it can say are parts of one dialog.
  function say (what) {
    dialog.dataset.says = what
    dialog.setAttribute('aria-labelledby', `session-${what}-title`)
    dialog.setAttribute('aria-describedby', `session-${what}-text`)
  }

  function show (what) {
    say(what)
    if (!dialog.open) dialog.showModal()
  }

  function goOn () {
    ends = Date.now() + idle
    isOver = false
    if (dialog.open && dialog.dataset.says !== 'whole') dialog.close()
  }

  function over () {
    isOver = true
    show('over')
    dialog.querySelector('[data-about=over] [data-close]').focus()
  }

  function count (what, remaining) {
    const left = dialog.querySelector(`[data-about=${what}] [data-left]`)
    const minutes = Math.ceil(remaining / (60 * SECOND))
    const words = minutes === 1 ? '1 minute' : `${minutes} minutes`
    // Written only when it changes, so that a screen reader says it once a minute.
    if (left.textContent !== words) left.textContent = words
  }

  function look () {
    if (isOver) return
    const now = Date.now()
    const remaining = Math.min(ends, last) - now
    if (remaining <= 0) return over()
    if (ends - now <= WARN_BEFORE && ends < last) {
      count('ends', remaining)
      return show('ends')
    }
    if (last - now > WARN_BEFORE) return
    count('whole', last - now)
    // Once, because nothing that is done here makes it last longer.
    if (!isToldOfLast) show('whole')
    isToldOfLast = true
  }

  async function stay (event) {
    event.preventDefault()
    if (dialog.dataset.says !== 'ends') return dialog.close()
    const body = new URLSearchParams(new FormData(form))
    try {
      const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' })
      if (answer.status !== 204) return over()
    } catch {
      // The network is away: the time goes on, and whoever is there can press again.
      return
    }
    goOn()
    tabs.postMessage(last)
  }

  function hear (event) {
    if (event.data > last) {
      last = event.data
      isToldOfLast = false
      if (dialog.open) dialog.close()
    }
    goOn()
  }

  form.addEventListener('submit', stay)
  dialog.addEventListener('cancel', stay) // the Escape key
  for (const each of dialog.querySelectorAll('[data-close]')) {
    each.addEventListener('click', () => dialog.close())
  }
  tabs.addEventListener('message', hear)
  say('ends')
  goOn()
  tabs.postMessage(last)
  setInterval(look, LOOK_EVERY)
}
