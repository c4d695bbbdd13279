import { getTranslations } from 'next-intl/server'
import { Mark } from '#components/ui/mark.tsx'
import { Panel } from '#components/ui/panel.tsx'

export interface Part {
  name: string
  version: string
  licence: string
}

/** What this is, which version, and on whose work it stands. */
export async function About({ version, engines, parts }: { version: string; engines: readonly string[]; parts: readonly Part[] }) {
  const t = await getTranslations('settings.about')
  return (
    <>
      <Panel>
        <div className="flex items-center gap-3">
          <Mark size={36} />
          <div>
            <p className="text-lg font-semibold">
              {t('title')} <span className="font-normal text-ink-3 tabular-nums">{version}</span>
            </p>
            <p className="text-sm text-ink-2">{t('text')}</p>
          </div>
        </div>
        <dl className="mt-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
          <dt className="text-ink-3">{t('engines')}</dt>
          <dd>{engines.join(', ')}</dd>
          <dt className="text-ink-3">{t('licence')}</dt>
          <dd>{t('licenceText')}</dd>
        </dl>
      </Panel>
      <Panel title={t('parts')} flush>
        <p className="border-b border-line px-3.5 py-2.5 text-sm text-ink-2">{t('partsText')}</p>
        <table className="w-full border-collapse text-sm">
          <thead>
            <tr className="text-left text-xs text-ink-3">
              <th className="h-8 px-3.5 font-medium">{t('library')}</th>
              <th className="px-3.5 font-medium">{t('version')}</th>
              <th className="px-3.5 font-medium">{t('licence')}</th>
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => (
              <tr key={part.name} className="border-t border-line">
                <td className="px-3.5 py-1">{part.name}</td>
                <td className="px-3.5 py-1 text-ink-2 tabular-nums">{part.version}</td>
                <td className="px-3.5 py-1 text-ink-2">{part.licence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </>
  )
}
