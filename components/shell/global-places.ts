import { History, House, Layers, Settings, Table2, type LucideIcon } from 'lucide-react'
import type { Place } from './place.ts'

export interface GlobalPlace {
  href: string
  icon: LucideIcon
  /** Under `shell` in lib/i18n. */
  label: 'home' | 'inventory' | 'images' | 'changes' | 'settings'
  isHere: (place: Place) => boolean
}

export const globalPlaces: readonly GlobalPlace[] = [
  { href: '/', icon: House, label: 'home', isHere: (place) => place.at === 'home' },
  {
    href: '/inventory/instance',
    icon: Table2,
    label: 'inventory',
    isHere: (place) => place.at === 'inventory' && place.category !== 'image',
  },
  { href: '/inventory/image', icon: Layers, label: 'images', isHere: (place) => place.at === 'inventory' && place.category === 'image' },
  { href: '/changes', icon: History, label: 'changes', isHere: (place) => place.at === 'changes' },
  { href: '/settings', icon: Settings, label: 'settings', isHere: (place) => place.at === 'settings' },
]
