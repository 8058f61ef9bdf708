// Fails when a first load is heavier than its budget. Counts the script a browser fetches before the page stands.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const APPS = [
  {
    name: 'resident',
    budgetKilobytes: 90,
    first: [/words\/src\/zh(\.resident)?\.ts$/, /pages\/ReportPage\.vue$/],
  },
  { name: 'field', budgetKilobytes: 300, first: [/words\/src\/zh(\.field)?\.ts$/, /pages\/ReportPage\.vue$/] },
  { name: 'desk', budgetKilobytes: 500, first: [/words\/src\/zh(\.desk)?\.ts$/, /(SignIn|Queue)\w*\.vue$/] },
]

function closure(manifest, keys) {
  const found = new Set()
  const visit = (key) => {
    if (found.has(key)) return
    found.add(key)
    for (const next of manifest[key].imports ?? []) visit(next)
  }
  keys.forEach(visit)
  return [...found]
}

function measure({ name, first }) {
  const dist = new URL(`apps/${name}/dist/`, import.meta.url)
  const manifestFile = new URL('build-manifest.json', dist)
  if (!existsSync(fileURLToPath(manifestFile))) {
    throw new Error(`${name}: no build-manifest.json; run npm run build, with the settings of app-build.ts`)
  }
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))
  const entries = Object.keys(manifest).filter(
    (key) => manifest[key].isEntry || first.some((wanted) => wanted.test(manifest[key].src ?? '')),
  )
  const files = new Set(closure(manifest, entries).map((key) => manifest[key].file))
  const scripts = [...files].filter((file) => /\.m?js$/.test(file))
  return scripts.reduce((bytes, file) => bytes + gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length, 0)
}

let heavy = 0
for (const app of APPS) {
  const kilobytes = measure(app) / 1000
  const fits = kilobytes <= app.budgetKilobytes
  if (!fits) heavy++
  console.log(`${fits ? 'fits ' : 'HEAVY'} ${app.name}: ${kilobytes.toFixed(1)} kB of ${app.budgetKilobytes} kB, gzipped`)
}
process.exit(heavy > 0 ? 1 : 0)
