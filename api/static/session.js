// Warns before the session ends by lying idle, and keeps it going when asked (WCAG 2.2.1).
// Without scripts nothing of this shows, and what is sent too late is kept by the server.

const SECOND = 1000
const LOOK_EVERY = 5 * SECOND
const WARN_BEFORE = 5 * 60 * SECOND

export function warnBeforeSessionEnds () {
  const dialog = document.getElementById('session-ends')
  if (!(dialog instanceof HTMLDialogElement)) return
  const form = dialog.querySelector('form')
  const left = dialog.querySelector('[data-left]')
  const lasts = Number(dialog.dataset.lasts) * SECOND
  // Every tab of this browser shares the session, so each tells the others that it goes on.
  const tabs = new BroadcastChannel('session')
  let ends
  let isOver = false

  function speakOf (name) {
    dialog.setAttribute('aria-labelledby', `session-${name}-title`)
    dialog.setAttribute('aria-describedby', `session-${name}-text`)
    dialog.toggleAttribute('data-over', name === 'over')
  }

  function goOn () {
    ends = Date.now() + lasts
    isOver = false
    speakOf('ends')
    if (dialog.open) dialog.close()
  }

  function over () {
    isOver = true
    speakOf('over')
    if (!dialog.open) dialog.showModal()
    dialog.querySelector('[data-close]').focus()
  }

  function look () {
    if (isOver) return
    const remaining = ends - Date.now()
    if (remaining <= 0) return over()
    if (remaining > WARN_BEFORE) return
    const minutes = Math.ceil(remaining / (60 * SECOND))
    const words = minutes === 1 ? '1 minute' : `${minutes} minutes`
    // Written only when it changes, so that a screen reader says it once a minute.
    if (left.textContent !== words) left.textContent = words
    if (!dialog.open) dialog.showModal()
  }

  async function stay (event) {
    event.preventDefault()
    if (isOver) return dialog.close()
    const body = new URLSearchParams(new FormData(form))
    try {
      const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' })
      if (answer.status !== 204) return over()
    } catch {
      // The network is away: the time goes on, and whoever is there can press again.
      return
    }
    goOn()
    tabs.postMessage('goes on')
  }

  form.addEventListener('submit', stay)
  dialog.addEventListener('cancel', stay) // the Escape key
  dialog.querySelector('[data-close]').addEventListener('click', () => dialog.close())
  tabs.addEventListener('message', goOn)
  goOn()
  tabs.postMessage('goes on')
  setInterval(look, LOOK_EVERY)
}
