import { initAll as govuk } from './vendor/govuk-frontend.min.js'
import { initAll as moj } from './vendor/moj-frontend.min.js'
import { warnBeforeSessionEnds } from './session.js'

govuk()
moj()
warnBeforeSessionEnds()
