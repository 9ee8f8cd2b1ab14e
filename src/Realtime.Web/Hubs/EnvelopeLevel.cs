namespace Realtime.Web.Hubs;

/// <summary>How much a client wants to know of the messages it gets; said in the query of its connection, as <c>?envelope=1</c>.</summary>
internal enum EnvelopeLevel
{
    /// <summary>Nothing: the event's name is the target, its data the only argument. For every stock client.</summary>
    Plain = 0,

    /// <summary>The target is <c>$</c>, the arguments are <c>[event, data, room, epoch, seq]</c>, from which a client keeps its positions.</summary>
    Placed = 1,

    /// <summary>
    /// A sixth argument is the id of a message that goes to several rooms, by which a client that gets it twice after a resume knows
    /// it again; null for all others.
    /// </summary>
    Identified = 2,
}
