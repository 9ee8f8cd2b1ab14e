namespace Realtime.Actors.Delivery;

/// <summary>One message of a feed, for the members on one node: what a feed sends to that node's relay.</summary>
/// <param name="Feed">The feed that says it.</param>
/// <param name="Epoch">The epoch of its number.</param>
/// <param name="Message">The message.</param>
public sealed record Deliver(FeedId Feed, long Epoch, Envelope Message) : IWithFeed;
