import { parseXml, XmlElement } from '@rgrove/parse-xml'

/** A part of an XML answer of AWS, read by the names of its elements. */
export class Answer {
  readonly #element: XmlElement

  private constructor(element: XmlElement) {
    this.#element = element
  }

  /** @throws {Error} where the text is not XML */
  static parse(text: string): Answer {
    const { root } = parseXml(text)
    if (root === null) throw new Error('an empty document')
    return new Answer(root)
  }

  /** The first element below this one, at any depth, that is called `name`. */
  find(name: string): Answer | null {
    const element = findBelow(this.#element, name)
    return element === null ? null : new Answer(element)
  }

  /** Text of the element of this one that is called `name`; null where there is none. */
  text(name: string): string | null {
    return (
      children(this.#element)
        .find((element) => element.name === name)
        ?.text.trim() ?? null
    )
  }

  /** All text of this element. */
  get ownText(): string {
    return this.#element.text.trim()
  }

  /** The members of the list `name` of this element; none where there is no such list. */
  members(name: string): readonly Answer[] {
    const list = children(this.#element).find((element) => element.name === name)
    return list === undefined ? [] : children(list).map((member) => new Answer(member))
  }
}

function children(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((node) => node instanceof XmlElement)
}

function findBelow(element: XmlElement, name: string): XmlElement | null {
  for (const child of children(element)) {
    const found = child.name === name ? child : findBelow(child, name)
    if (found !== null) return found
  }
  return null
}
