using System.Collections.Frozen;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Realtime.Web.Hubs.Direct;

namespace Realtime.Web.Hubs;

/// <summary>Finds hub protocols as SignalR does, whoever has added them and when, and makes each a <see cref="RealtimeHubProtocol"/>.</summary>
/// <param name="inner">Finds SignalR's own.</param>
/// <param name="direct">Where calls may begin. Made later: it has to do with connections, and those who ask for a protocol need not.</param>
internal sealed class RealtimeHubProtocols(IHubProtocolResolver inner, Lazy<DirectCalls> direct) : IHubProtocolResolver
{
    private readonly FrozenDictionary<IHubProtocol, RealtimeHubProtocol> _protocols =
        inner.AllProtocols.ToFrozenDictionary(protocol => protocol, protocol => new RealtimeHubProtocol(protocol, direct));

    public IReadOnlyList<IHubProtocol> AllProtocols => _protocols.Values;

    public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) =>
        inner.GetProtocol(protocolName, supportedProtocols) is { } protocol ? _protocols[protocol] : null;
}
