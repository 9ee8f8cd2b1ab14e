namespace Realtime.Actors.Names;

/// <summary>What happened to a record (contract P-11 to P-16).</summary>
public enum Verb
{
    /// <summary>A record came into being. Told to the watchers of its model.</summary>
    Created = 1,

    /// <summary>Attributes changed. Told to the subscribers of the record, as all that follow.</summary>
    Updated = 2,

    /// <summary>The record is gone. Afterwards nobody is subscribed to it any more (P-32).</summary>
    Destroyed = 3,

    /// <summary>A child joined one of its collections.</summary>
    AddedTo = 4,

    /// <summary>A child left one of its collections.</summary>
    RemovedFrom = 5,

    /// <summary>The application has something to say about it.</summary>
    Messaged = 6,
}
