using System.Text.Json.Nodes;

namespace Realtime.Testing.Clients;

/// <summary>One event as a client got it.</summary>
/// <param name="Event">Its name.</param>
/// <param name="Data">Its data; null for none.</param>
public sealed record Received(string Event, JsonNode? Data)
{
    /// <inheritdoc/>
    public bool Equals(Received? other) =>
        other is not null && Event == other.Event && JsonNode.DeepEquals(Data, other.Data);

    /// <inheritdoc/>
    public override int GetHashCode() => Event.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{Event} {Data?.ToJsonString() ?? "null"}";
}
