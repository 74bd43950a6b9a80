import { t } from '../text.ts'

interface Labels {
  readonly add: string
  readonly create: string
  readonly save: string
  readonly remove: string
}

/** What buttons are called: for a Losant webhook as Losant's documents do, where they name one. */
export function labelsOf(type: string): Labels {
  if (type === 'losant')
    return {
      add: t('losant.add'),
      create: t('losant.save'),
      save: t('losant.save'),
      remove: t('losant.delete'),
    }
  return {
    add: t('add'),
    create: t('add.create'),
    save: t('settings.save'),
    remove: t('delete'),
  }
}
