/** The id of a record. */
export type RecordId = number | string;

/** A record was created (contract P-11). */
export interface Created<T = any> {
  readonly verb: 'created';
  readonly id: RecordId;
  /** The record as it is. */
  readonly data: T;
  /** Given when the record is not new, but others than before may read it now: after the `destroyed` that says the same. */
  readonly readersChanged?: true;
}

/** A record was changed (contract P-12). */
export interface Updated<T = any> {
  readonly verb: 'updated';
  readonly id: RecordId;
  /** The attributes that changed, with their new values. */
  readonly data: Partial<T>;
  /** The record as it was; absent when that is not told. */
  readonly previous?: T;
}

/** A record was destroyed (contract P-13). */
export interface Destroyed<T = any> {
  readonly verb: 'destroyed';
  readonly id: RecordId;
  /** The record as it was; absent when that is not told. */
  readonly previous?: T;
  /**
   * Given when the record still exists, but others than before may read it now, and nobody is subscribed to it any more: whoever
   * may still read it reads it again.
   */
  readonly readersChanged?: true;
}

/** Records were added to a collection of this one (contract P-14). */
export interface AddedTo {
  readonly verb: 'addedTo';
  readonly id: RecordId;
  /** The collection. */
  readonly attribute: string;
  /** The one that was added; absent where the application tells several in one event. */
  readonly addedId?: RecordId;
  readonly addedIds: readonly RecordId[];
  /** What was added, if that is told. */
  readonly added?: any;
}

/** Records were removed from a collection of this one (contract P-15). */
export interface RemovedFrom {
  readonly verb: 'removedFrom';
  readonly id: RecordId;
  /** The collection. */
  readonly attribute: string;
  /** The one that was removed; absent where the application tells several in one event. */
  readonly removedId?: RecordId;
  readonly removedIds: readonly RecordId[];
}

/** Something was said to the subscribers of a record, or the watchers of its model (contract P-16). */
export interface Messaged {
  readonly verb: 'messaged';
  readonly id?: RecordId;
  /** What was said. */
  readonly data?: any;
}

/** What listeners of a model's name get: `socket.on<ModelEvent<User>>('user', event => …)`. */
export type ModelEvent<T = any> = Created<T> | Updated<T> | Destroyed<T> | AddedTo | RemovedFrom | Messaged;
