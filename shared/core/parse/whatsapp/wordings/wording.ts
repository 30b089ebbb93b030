// The shape of a language's wordings: what WhatsApp itself writes into an export. Data only; one file a language.
//
// A template is a sentence with holes: {actor} {target} {from} {to} are kept, {*} is not; [a|b] is a choice, `[a|]` may be absent;
// a straight double quote stands for any quotation mark or none; a full stop at the end may be absent.
import type { AttachmentRef } from '#core/model/chat.ts';

export interface SystemTemplate {
  readonly event: string;
  readonly text: string;
}

export interface Wording {
  readonly language: 'nl' | 'en' | 'de' | 'fr';
  /** Beginnings of the chat file's name, before the name of the chat. */
  readonly fileNames: readonly string[];
  /** Whole bodies. */
  readonly deleted: readonly { readonly text: string; readonly by: 'by-sender' | 'by-exporter' }[];
  readonly deletedByAdmin: readonly string[];
  /** End of a body. */
  readonly edited: readonly string[];
  /** Whole first line of a body. */
  readonly omitted: readonly { readonly text: string; readonly kind: AttachmentRef['kind'] }[];
  /** `plan.pdf • 3 pagina's document weggelaten`: how the line ends. */
  readonly omittedDocument: string;
  /** `IMG-….jpg (bestand bijgevoegd)`: the words between the brackets. */
  readonly attachedAfter: readonly string[];
  /** `<bijgevoegd: …>` or `… <bijgevoegd>`: the word. */
  readonly attachedInside: readonly string[];
  /** Before the address of a map. */
  readonly location: readonly string[];
  readonly liveLocation: readonly string[];
  /** Beginnings of a body or of a record without a sender. */
  readonly calls: readonly string[];
  readonly pending: readonly string[];
  /** First word of a poll and of its options. */
  readonly poll: { readonly title: readonly string[]; readonly option: readonly string[] };
  readonly system: readonly SystemTemplate[];
  /** How the export calls the person who made it. */
  readonly exporter: readonly string[];
}
