import { DOMParser, type Document, type Element } from "@xmldom/xmldom";

/** Parses XML strictly: anything that is not well-formed is an error. */
export function readXml(text: string): Document {
  const onError = (level: string, message: string): never => {
    throw new Error(`${level}: ${message}`);
  };
  return new DOMParser({ onError }).parseFromString(text, "text/xml");
}

/** Returns the elements with a name, in the order of the document. */
export function elementsOf(document: Document, name: string): readonly Element[] {
  return Array.from(document.getElementsByTagName(name));
}
