import { createContext } from "react";

/** The moment that is looked at, in milliseconds since 1970; null is now. */
export const MomentContext = createContext<number | null>(null);
