/** Checks a request's leaves one by one as SBPS does, and names the first fault as an error code `mmm tt iii`. */
import { encodeCp932 } from '../cp932.ts'
import type { Part, Slot } from './fields.ts'
import { findLayout } from './fields.ts'
import type { SbpsMessage } from './message.ts'
import { findTag, type Tag } from './tags.ts'

export type FieldFault = {
  readonly tag: string
  readonly fault: 'missing' | 'class' | 'long' | 'format' | 'range'
  /** Eight digits. */
  readonly errorCode: string
}

const TYPE_OF_FAULT = { missing: '03', class: '04', long: '05', format: '06', range: '07' } as const

/** The method a function belongs to: the last three digits of its id. */
export function methodOf(functionId: string): string {
  return functionId.slice(-3)
}

/** Faults in canonical order; empty when the leaves are as they should be. */
export function listFieldFaults(functionId: string, message: SbpsMessage): FieldFault[] {
  const faults: FieldFault[] = []
  for (const part of findLayout(functionId)?.parts ?? []) {
    for (const values of valuesOf(part, message)) {
      for (const slot of part.slots) {
        // The checksum is checked by what it is made of.
        const fault = slot.tag === 'sps_hashcode' ? undefined : faultOf(slot, values[slot.tag] ?? '')
        if (fault) faults.push({ tag: slot.tag, fault, errorCode: codeOf(functionId, slot.tag, fault) })
      }
    }
  }
  return faults
}

function valuesOf(part: Part, message: SbpsMessage) {
  return part.kind === 'rows' ? (message.rows ?? []) : [message.values]
}

function codeOf(functionId: string, tag: string, fault: FieldFault['fault']): string {
  return methodOf(functionId) + TYPE_OF_FAULT[fault] + (findTag(tag)?.item ?? '999')
}

function faultOf(slot: Slot, text: string): FieldFault['fault'] | undefined {
  if (text === '') return slot.required ? 'missing' : undefined
  const tag = findTag(slot.tag)
  if (!tag) return undefined
  if (!isOfKind(tag, text)) return 'class'
  const length = encodeCp932(text).bytes.length
  if (length > tag.maxBytes) return 'long'
  if (tag.exactBytes !== undefined && length !== tag.exactBytes) return 'format'
  if (tag.values && !tag.values.includes(text)) return 'range'
  return undefined
}

function isOfKind(tag: Tag, text: string): boolean {
  if (tag.kind === '9') return /^\d+$/.test(text)
  if (tag.kind === 'X') return /^[\x20-\x7e]+$/.test(text)
  return !/[\t\r\n]/.test(text)
}
