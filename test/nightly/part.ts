/** One part of the nightly run: a reader against a naive evaluator of its vendor. */

/** What a part found. */
export interface NightlyResult {
  /** Packets that were judged by both. */
  readonly packets: number;
  /** Answers that were compared; a packet may have several. */
  readonly answers: number;
  /** Answers that admitted or led somewhere. */
  readonly admitted: number;
  /** The first differences, for a person. */
  readonly differences: readonly string[];
}

/** One part. It judges at least `packets` packets from a seed and changes nothing. */
export interface NightlyPart {
  readonly name: string;
  readonly run: (packets: number, seed: number) => Promise<NightlyResult>;
}
