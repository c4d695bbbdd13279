import type { Locator, Page } from '@playwright/test'
import { missingForKubernetes } from './engines/kubernetes/releases.ts'
import { startKubernetes, type TestKubernetes } from './engines/kubernetes/start.ts'
import { expect, screenshots, test } from './fixtures.ts'
import { connectEngine, environmentCalled, forget } from './fleet.ts'

const name = 'breakwater'
const limited = 'mole-head'
const container = (script: string, more: object = {}) => ({
  name: 'main',
  image: 'portolan/busybox:1',
  command: ['sh', '-c', script],
  ...more,
})
const pod = (called: string, containers: object[]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: called },
  spec: { terminationGracePeriodSeconds: 0, containers },
})
const labels = { app: 'chorus' }
const chorus = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'chorus' },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: { terminationGracePeriodSeconds: 0, containers: [container('echo "I sing in $HOSTNAME"; sleep 100000')] },
    },
  },
}
const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'tide-table' }, data: { 'tides.txt': 'high\nlow\n' } }

const missing = missingForKubernetes()
test.skip(missing !== null, `no cluster: ${missing}`)
// The first of them connects what the others look at.
test.describe.configure({ mode: 'serial', timeout: 120_000 })

let cluster: TestKubernetes
test.beforeAll(async () => {
  test.setTimeout(180_000)
  cluster = await startKubernetes({ name })
  const greedy = container('tail /dev/zero', { resources: { limits: { memory: '16Mi' } } })
  for (const object of [chorus, settings, pod('greedy', [greedy])]) await cluster.apply(JSON.stringify(object))
  await cluster.kubectl('wait', 'deployment/chorus', '--for=condition=Available', '--timeout=60s')
})
test.afterAll(async () => {
  for (const one of [name, limited]) await forget(one)
  await cluster?.stop()
})

const main = (page: Page): Locator => page.getByRole('main')
const dock = (page: Page): Locator => page.getByRole('region', { name: 'Dock' })
const id = async (): Promise<string> => (await environmentCalled(name)).id

test('is connected by a kubeconfig, which is read, asked and chosen from', async ({ page }) => {
  await page.goto('/environments/new')
  await page.getByRole('button', { name: 'Kubernetes', exact: true }).click()
  const file = page.getByLabel('Kubeconfig', { exact: true })
  await file.fill('apiVersion: v1\nkind: Pod\n')
  await page.getByRole('button', { name: 'Read it' }).click()
  await expect(main(page).getByRole('alert'), 'what is none is refused in words').toContainText('kubeconfig')
  await file.fill(
    cluster.kubeconfig
      .replace(/^users:/m, `users:\n  - name: runner\n    user: {exec: {command: steal}}`)
      .replace(/^contexts:/m, `contexts:\n  - name: by-program\n    context: {cluster: nowhere, user: runner}`),
  )
  await page.getByRole('button', { name: 'Read it' }).click()
  await expect(page.getByRole('heading', { name: 'It leads to 2 places, of which 1 answers' })).toBeVisible()
  await expect(page.getByText('Kubernetes 1.36')).toBeVisible()
  await screenshots(page, 'kubeconfig')
  await page.getByRole('textbox', { name: /^Name of / }).fill(name)
  await page.getByRole('button', { name: 'Connect 1 engine' }).click()
  await page.getByRole('link', { name: 'To the environments' }).click()
  await expect(main(page).getByRole('link', { name }).first()).toBeVisible()
  await expect.poll(async () => (await environmentCalled(name)).state).toBe('live')
})

test('shows its kinds in sections, and why a pod does not run, live', async ({ page }) => {
  await page.goto(`/environments/${await id()}`)
  await screenshots(page, 'kubernetes-overview')
  const rail = page.getByRole('navigation', { name: 'Main' })
  await rail.getByRole('button', { name: 'Workloads' }).click()
  await rail.getByRole('link', { name: /^pods/i }).click()
  const row = (called: string | RegExp) => main(page).getByRole('row').filter({ hasText: called })
  await expect(row('greedy')).toContainText(/Crash loop|OOM killed/)
  await expect(row(/chorus-/)).toHaveCount(2)
  await cluster.apply(JSON.stringify(pod('newcomer', [container('sleep 100000')])))
  await expect(row('newcomer')).toContainText('Running')
  await screenshots(page, 'kubernetes-pods')
  await cluster.kubectl('delete', 'pod', 'newcomer', '--now')
  await expect(row('newcomer')).toHaveCount(0)
  await row('greedy').getByRole('link', { name: 'greedy' }).click()
  await expect(main(page).getByText('ran out of memory at its limit of 16 MiB').first()).toBeVisible()
  await screenshots(page, 'kubernetes-pod')
})

test('shows an object as YAML that folds and can be searched', async ({ page }) => {
  await page.goto(`/environments/${await id()}/configmaps/${encodeURIComponent('default/tide-table')}?tab=yaml`)
  const yaml = page.getByRole('group', { name: 'Document' })
  await expect(yaml).toContainText('tides.txt: |')
  await expect(yaml).toContainText('high')
  await page.getByRole('button', { name: 'data:', exact: true }).click()
  await expect(yaml).not.toContainText('high')
  await page.getByRole('searchbox', { name: 'Find a name or a value' }).fill('HIGH')
  await expect(yaml).toContainText('high')
  await screenshots(page, 'kubernetes-yaml')
})

test('reads the logs of all pods of a deployment as one, and of those that join', async ({ page }) => {
  await page.goto(`/environments/${await id()}/deployments.apps/${encodeURIComponent('default/chorus')}`)
  await main(page).getByRole('button', { name: 'Logs', exact: true }).click()
  await expect(dock(page).getByText('I sing in chorus-')).toHaveCount(2)
  await main(page).getByRole('button', { name: 'Scale', exact: true }).click()
  await page.getByRole('dialog').getByRole('spinbutton').fill('3')
  await page.getByRole('dialog').getByRole('button', { name: /Scale/ }).click()
  await expect(dock(page).getByText('I sing in chorus-')).toHaveCount(3, { timeout: 20_000 })
  await expect(main(page).getByText('3/3').first()).toBeVisible()
  await screenshots(page, 'kubernetes-logs')
})

test('opens a terminal in a pod', async ({ page }) => {
  const [first] = (await cluster.kubectl('get', 'pods', '--selector', 'app=chorus', '--output', 'name')).split('\n')
  const called = first!.replace('pod/', '')
  await page.goto(`/environments/${await id()}/pods/${encodeURIComponent(`default/${called}`)}`)
  await main(page).getByRole('button', { name: 'Shell', exact: true }).click()
  const screen = dock(page)
    .getByRole('group', { name: `Terminal in ${called}` })
    .locator('.xterm-rows')
  await expect(screen).toContainText('#')
  await page.keyboard.type('echo answer-$((40 + 2)); exit 3\n')
  await expect(screen).toContainText('answer-42')
  await expect(dock(page).getByText('The program ended with exit code 3.')).toBeVisible()
})

test('says of whom may not list everything what is not followed, and why, instead of an empty list', async ({ page }) => {
  await forget(name)
  await cluster.kubectl('create', 'serviceaccount', 'guest')
  await cluster.kubectl('create', 'rolebinding', 'guest', '--clusterrole=view', '--serviceaccount=default:guest')
  const token = await cluster.kubectl('create', 'token', 'guest')
  const reach = { settings: { auth: 'token', server: cluster.url, namespaces: ['default'] }, secrets: { token, ca: cluster.ca } }
  const environment = await connectEngine(limited, { engine: 'kubernetes', ...reach })
  await page.goto(`/environments/${environment}/pods`)
  await expect(
    main(page)
      .getByRole('row')
      .filter({ hasText: /chorus-/ }),
  ).toHaveCount(3)
  await page.goto(`/environments/${environment}/secrets`)
  await expect(page.getByText(`${limited} does not let secrets be followed`)).toBeVisible()
  await expect(page.getByText('Whether there are secrets here is not known')).toBeVisible()
  await screenshots(page, 'kubernetes-forbidden')
  await page.goto(`/environments/${environment}`)
  const left = page
    .getByRole('region', { name: 'Not followed' })
    .or(page.locator('section', { hasText: 'Not followed' }))
    .last()
  await expect(left).toContainText('secret')
  await screenshots(page, 'kubernetes-limited')
})
