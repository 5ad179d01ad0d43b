// Draws public/land.svg: the land and a graticule in the Equal Earth projection, as the map of the page has it
// (src/scene/map/projection.rs): a sheet 1000 wide with 11 degrees east in its middle, written ten times as large in
// whole numbers. Land: Natural Earth 1:110m, public domain, as npm's world-atlas 2.0.2 carries it.
//
// Run: npm install --prefix DIR world-atlas@2.0.2 topojson-client@3 topojson-simplify@3 d3-geo@3
//      node docs/design/map/project-land.mjs DIR/node_modules > public/land.svg
import { createRequire } from 'node:module'
import fs from 'node:fs'
import path from 'node:path'

const modules = process.argv[2]
if (!modules) {
  console.error('Usage: node docs/design/map/project-land.mjs NODE_MODULES > public/land.svg')
  process.exit(2)
}
const require = createRequire(path.join(path.resolve(modules), 'x.js'))
const { geoEqualEarth, geoGraticule, geoStream } = require('d3-geo')
const { feature } = require('topojson-client')
const { presimplify, simplify, filter, filterWeight } = require('topojson-simplify')

const WIDTH = 1000, HEIGHT = 486.7, TIMES = 10
const projection = geoEqualEarth().rotate([-11, 0]).scale(1).translate([0, 0]).precision(0.15)
const right = projection([190.999999, 0])[0]
projection.scale(WIDTH / 2 / right).translate([WIDTH / 2, HEIGHT / 2])

/** Follows d3's stream of projected points and writes relative steps in whole numbers. */
class Writer {
  text = ''
  #at = [0, 0]
  #first = false
  #ring = false
  point(x, y) {
    const [px, py] = [Math.round(x * TIMES), Math.round(y * TIMES)]
    const [dx, dy] = [px - this.#at[0], py - this.#at[1]]
    if (this.#first) this.text += `m${dx}${dy < 0 ? '' : ' '}${dy}l`
    else if (dx === 0 && dy === 0) return
    else this.text += `${/[0-9]$/.test(this.text) && dx >= 0 ? ' ' : ''}${dx}${dy < 0 ? '' : ' '}${dy}`
    this.#first = false
    this.#at = [px, py]
  }
  lineStart() { this.#first = true; this.start = this.text.length }
  lineEnd() {
    if (this.#ring) this.text += 'z'
    // After z the pen is back at the ring's start, so the next step has to begin there.
    if (this.#ring) this.#at = this.begun
  }
  polygonStart() { this.#ring = true }
  polygonEnd() { this.#ring = false }
  sphere() {}
}
/** Remembers where each ring began. */
class Ring extends Writer {
  point(x, y) {
    if (this.fresh) this.begun = [Math.round(x * TIMES), Math.round(y * TIMES)]
    this.fresh = false
    super.point(x, y)
  }
  lineStart() { super.lineStart(); this.fresh = true }
}
const draw = (object) => {
  const writer = new Ring()
  geoStream(object, projection.stream(writer))
  return writer.text
}

let atlas = presimplify(JSON.parse(fs.readFileSync(path.join(modules, 'world-atlas/land-110m.json'))))
atlas = simplify(atlas, 1e-6 * 40)
atlas = filter(atlas, filterWeight(atlas, 1e-6 * 400))
const land = feature(atlas, atlas.objects.land)
const graticule = geoGraticule().step([30, 30]).precision(6).extent([[-180, -60], [180, 76]])()
process.stdout.write(`<svg xmlns="http://www.w3.org/2000/svg" class="sprite" width="0" height="0" aria-hidden="true"><symbol id="world" viewBox="0 0 ${WIDTH * TIMES} ${HEIGHT * TIMES}" preserveAspectRatio="none"><path class="grat" d="${draw(graticule)}"/><path class="land" d="${draw(land)}"/></symbol></svg>\n`)
