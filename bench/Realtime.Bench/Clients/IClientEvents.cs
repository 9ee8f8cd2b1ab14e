namespace Realtime.Bench.Clients;

/// <summary>What a client has to tell to the one who counts.</summary>
internal interface IClientEvents
{
    /// <summary>The transport and the protocol above it have shaken hands.</summary>
    void Ready(Client client);

    /// <summary>The oldest call without an answer was answered.</summary>
    void Answered(Client client);

    /// <summary>A message of the server, which may carry a payload.</summary>
    void Received(Client client, ReadOnlySpan<byte> message);

    /// <summary>The server refused something, or the connection is gone.</summary>
    void Failed(Client client, string reason);
}
