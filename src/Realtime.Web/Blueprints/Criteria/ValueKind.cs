namespace Realtime.Web.Blueprints.Criteria;

/// <summary>What values of an attribute look like to a caller.</summary>
internal enum ValueKind
{
    /// <summary>Bytes, lists, objects, JSON: to be read, never to be compared.</summary>
    Opaque,
    Text,
    Character,
    Whole,
    Fraction,
    Flag,
    Guid,
    Choice,
    Moment,
    OffsetMoment,
    Date,
    Time,
    Duration,
}
