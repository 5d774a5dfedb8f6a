/** Where two domains meet: chosen by the relations, kept in the lock file, realised by the design. */

/** A meeting place. `id` is the first router of a core, the router, or the first cloud of a fabric. */
export type MeetingPlace =
  | { readonly kind: "core"; readonly id: string }
  | { readonly kind: "router"; readonly id: string }
  | { readonly kind: "aws-hub"; readonly id: string }
  | { readonly kind: "azure-fabric"; readonly id: string }
  | { readonly kind: "gcp-fabric"; readonly id: string };
