import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { join } from 'node:path'
import { messages } from '../lib/i18n/messages.ts'
import { expect } from './fixtures.ts'

export const folder = join(import.meta.dirname, '../screenshots')
export const desktop = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }

/** Everything that moves has arrived: nothing is loading and no colour is on its way to another. */
export async function settle(page: Page): Promise<void> {
  await expect(page.locator('h1, h2').first()).toBeAttached()
  await expect(page.locator('[aria-busy=true], [data-skeleton]')).toHaveCount(0)
  await page.evaluate(async () => {
    await document.fonts.ready
    const ending = document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity)
    await Promise.allSettled(ending.map((animation) => animation.finished))
  })
}

/** axe finds nothing serious. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const said = grave.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${help}\n  ${html.slice(0, 300)}\n  ${any[0]?.message ?? ''}`),
  )
  expect(said, `axe, ${what}`).toEqual([])
}

/** Words without their translation, and `{placeholders}` that nobody filled in. */
export async function expectWords(page: Page, language: 'en' | 'fr'): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', language)
  const text = await page.evaluate(() => {
    const named = [...document.querySelectorAll('[aria-label], [title], [placeholder]')]
    const attributes = named.flatMap((element) => ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''))
    return [document.title, document.body.innerText, ...attributes].join('\n')
  })
  const key = new RegExp(`(?<![\\w./-])(?:${Object.keys(messages[language]).join('|')})(?:\\.[a-zA-Z][\\w-]*)+`, 'g')
  expect(text.match(key) ?? [], 'untranslated').toEqual([])
  expect(text.match(/\{\w+\}|undefined|\[object|NaN|Invalid Date/g) ?? [], 'not filled in').toEqual([])
}

/** Nothing is wider than the screen. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { scroll, width, culprits } = await page.evaluate(() => ({
    scroll: document.scrollingElement?.scrollWidth ?? 0,
    width: document.documentElement.clientWidth,
    culprits: [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .slice(0, 5)
      .map((element) => element.outerHTML.slice(0, 160)),
  }))
  expect(scroll, `wider than the phone: ${culprits.join('\n')}`).toBeLessThanOrEqual(width)
}

/** Pictures in light, in dark and on a phone, and of each what axe, the words and the width have to say. */
export async function look(page: Page, name: string, language: 'en' | 'fr' = 'en'): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    await settle(page)
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) })
    await expectAccessible(page, `${name}, ${colorScheme}`)
  }
  await expectWords(page, language)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize(phone)
  await settle(page)
  await page.screenshot({ path: join(folder, `${name}-phone.png`) })
  await expectNoSidewaysScroll(page)
  await page.setViewportSize(desktop)
}
