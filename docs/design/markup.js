// The contract page only: states by hash, #miss #empty #hit #bypass #error #dense, each with &dark or &light, &present.
const root = document.documentElement
const [state, ...flags] = location.hash.slice(1).split('&')
if (flags.includes('dark')) root.dataset.theme = 'dark'
if (flags.includes('light')) root.dataset.theme = 'light'
root.toggleAttribute('data-present', flags.includes('present'))

// Rust sets custom properties one by one through CSSOM; a style attribute in the markup would be blocked by the CSP.
function applyCss(scope) {
  for (const e of scope.querySelectorAll('[data-css]'))
    for (const pair of e.dataset.css.split(';')) {
      const [name, value] = pair.split(':')
      e.style.setProperty(name, value)
    }
}

// A state is a template whose [data-for] children replace the content of the blocks of that name.
async function show(name) {
  const page = new DOMParser().parseFromString(await (await fetch('markup-states.html')).text(), 'text/html')
  const template = page.querySelector(`template[data-state="${name}"]`)
  for (const part of template?.content.children ?? [])
    document.querySelector(`[data-block="${part.dataset.for}"]`).replaceChildren(...part.cloneNode(true).childNodes)
}

const ready = state && state !== 'miss' ? show(state) : Promise.resolve()
ready.then(() => {
  applyCss(document)
  root.dataset.ready = ''
})

const recap = document.querySelector('.recap')
recap.addEventListener('click', () => recap.setAttribute('aria-expanded', recap.ariaExpanded !== 'true'))
const keys = document.querySelector('.keys-help')
document.querySelector('[aria-label="Keys"]').addEventListener('click', () => keys.showModal())
keys.querySelector('button').addEventListener('click', () => keys.close())
document.querySelector('[aria-label="Theme"]').addEventListener('click', () => {
  const dark = getComputedStyle(root).colorScheme === 'dark' || (!root.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.theme = dark ? 'light' : 'dark'
})
document.querySelector('[aria-label="Presenter mode"]').addEventListener('click', () => root.toggleAttribute('data-present'))
document.querySelector('.request').addEventListener('submit', e => e.preventDefault())
addEventListener('hashchange', () => location.reload())
