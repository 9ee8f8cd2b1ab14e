namespace Realtime.Testing.Clients;

/// <summary>The protocols that stock clients speak.</summary>
public enum HubProtocol
{
    /// <summary>Text, the default of every client.</summary>
    Json,

    /// <summary>The binary one.</summary>
    MessagePack,
}
