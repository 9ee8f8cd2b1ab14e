using System.Text.Json;

namespace Realtime.Client.Delivery;

/// <summary>A message from the server, with its place in the order of what was said.</summary>
internal sealed record Frame
{
    public required string Event { get; init; }

    /// <summary>JSON null when nothing was given (contract G-5).</summary>
    public required JsonElement Data { get; init; }

    /// <summary>Whose it is.</summary>
    public required Source Source { get; init; }

    /// <summary>What numbers it: a room, or a part of a topic; null for a message without a number.</summary>
    public string? Feed { get; init; }

    public Position Position { get; init; }

    /// <summary>Given when it was said to several rooms at once: who is in two of them hears it once (contract R-33).</summary>
    public string? MessageId { get; init; }

    /// <summary>Whether it was said while this client was away, and came after the resume.</summary>
    public bool IsReplay { get; init; }

    /// <summary>
    /// Reads the arguments of an enveloped message: <c>[event, data, feed, epoch, seq, messageId]</c>. A transient message has no
    /// number: it moves no position, and is no duplicate of anything.
    /// </summary>
    public static Frame Read(JsonElement arguments)
    {
        var source = arguments[2].GetString();
        var isNumbered = source is not null && arguments[4].ValueKind == JsonValueKind.Number;
        return new()
        {
            Event = arguments[0].GetString() ?? throw new JsonException("A message without a name."),
            Data = arguments[1],
            Source = Source.Of(source),
            Feed = isNumbered ? source : null,
            Position = isNumbered ? new(arguments[3].GetInt64(), arguments[4].GetInt64()) : default,
            MessageId = arguments[5].GetString(),
        };
    }
}

/// <summary>Whose feed it is: a room's, a model's, or nobody's.</summary>
internal readonly record struct Source(string? Room, string? Topic)
{
    /// <summary>A topic's name begins with U+0000, which no room name has: <c>\0user/0</c> is the first part of "user".</summary>
    public static Source Of(string? feed)
    {
        if (feed is not ['\0', ..])
            return new(feed, null);
        var slash = feed.LastIndexOf('/');
        return new(null, feed[1..(slash < 0 ? feed.Length : slash)]);
    }
}
