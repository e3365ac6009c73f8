import type { Event } from "../wire.gen";

/** A value of metadata, of which nothing is known but that it is JSON. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

/** The first of these fields that is a text with something in it. */
export function textOf(from: Fields, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = from[key];
    if (typeof value === "string" && value !== "") return value;
  }
  return undefined;
}

/** The first of these fields that is a number. */
export function numberOf(from: Fields, ...keys: readonly string[]): number | undefined {
  return keys.map((key) => from[key]).find((value) => Number.isFinite(value)) as number | undefined;
}

/** The first of these fields that is a list, else nothing in it. */
export function listOf(from: Fields, ...keys: readonly string[]): readonly unknown[] {
  return keys.map((key) => from[key]).find(Array.isArray) ?? [];
}

/** An object with the fields that are known; the others are left out. */
export function known<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as T;
}

/** The input of a call, as fields. */
export const inputOf = ({ metadata }: Event): Fields => fieldsOf(metadata.toolInput);
