// Renders the MoJ components by their own Nunjucks templates. Reads {templates, cases} from standard input, writes a
// list of HTML; the dates that a filter of theirs would format come ready-made.
const { posix } = require('path')
const nunjucks = require('./vendor/nunjucks.min.js')

const { templates, cases } = JSON.parse(require('fs').readFileSync(0, 'utf8'))
const Loader = nunjucks.Loader.extend({
  getSource (name) {
    if (!(name in templates)) return null
    return { src: templates[name], path: name, noCache: false }
  },
  resolve (from, to) {
    return posix.join(posix.dirname(from), to)
  }
})
const environment = new nunjucks.Environment(new Loader(), { autoescape: true })
environment.addFilter('mojDate', () => '13 March')
environment.addFilter('date', value => value)

console.log(JSON.stringify(cases.map(({ component, macro, options }) => environment.renderString(
  `{% from "moj/components/${component}/macro.njk" import ${macro} %}{{ ${macro}(options) }}`, { options }))))
