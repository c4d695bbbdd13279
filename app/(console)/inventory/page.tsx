import { redirect } from 'next/navigation'

/** The inventory opens on what runs. */
export default function InventoryPage() {
  redirect('/inventory/instance')
}
