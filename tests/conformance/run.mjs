// Runs the HTTP cache test suite (npm: http-cache-tests) against a cache and prints what came of it, one line each, with
// tabs between: `result`, kind, id, `pass` or `fail`, why; and `published`, name and version of each cache whose results
// the suite ships, then passed and counted tests of each kind.
//
// node run.mjs FOLDER-OF-THE-SUITE URL-OF-THE-CACHE
//
// The suite's own client runs the tests; this file takes the place of its command line, which gives up silently on a
// response that never ends.

import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const [folder, base] = process.argv.slice(2)
const own = file => import(pathToFileURL(path.join(folder, file)))
const fetch = createRequire(path.join(folder, 'package.json'))('node-fetch')
const { default: suites } = await own('tests/index.mjs')
const { default: caches } = await own('results/index.mjs')
const { makeCacheTest, testResults } = await own('client/test.mjs')
const config = await own('client/config.mjs')

/** As many tests at a time as the suite's command line runs. */
const AT_A_TIME = 100
/** No test takes longer than a few pauses of 3 seconds. */
const PATIENCE_MS = 30_000
const KINDS = ['required', 'optimal', 'check']

const kind = test => test.kind ?? 'required'
const line = (...cells) => console.log(cells.map(cell => String(cell).replace(/[\t\r\n]+/g, ' ')).join('\t'))

config.setFetch(fetch)
config.setBaseUrl(base)
config.setUseBrowserCache(false)
const tests = suites.flatMap(suite => suite.tests).filter(test => !test.browser_only)
for (let at = 0; at < tests.length; at += AT_A_TIME) {
  const patience = new Promise(resolve => setTimeout(resolve, PATIENCE_MS))
  await Promise.race([Promise.all(tests.slice(at, at + AT_A_TIME).map(makeCacheTest)), patience])
}
for (const test of tests) {
  const result = testResults[test.id] ?? ['Setup', 'it did not end']
  line('result', kind(test), test.id, result === true ? 'pass' : 'fail', result === true ? '' : result.join(': '))
}
for (const cache of caches) {
  const results = JSON.parse(fs.readFileSync(path.join(folder, 'results', cache.file), 'utf8'))
  const counts = KINDS.flatMap(wanted => {
    const all = tests.filter(test => kind(test) === wanted)
    return [all.filter(test => results[test.id] === true).length, all.length]
  })
  line('published', `${cache.name} ${cache.version}`, ...counts)
}
process.exit()
