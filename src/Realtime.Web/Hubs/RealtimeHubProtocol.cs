using System.Buffers;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Realtime.Web.Hubs;

/// <summary>
/// A hub protocol of SignalR's, with two things more. Clients may leave out the last arguments of hub methods where those have a
/// default, while SignalR wants as many arguments as there are parameters. And a client's close message is noted as its
/// <see cref="Goodbye"/>.
/// </summary>
internal sealed class RealtimeHubProtocol(IHubProtocol inner) : IHubProtocol
{
    private static readonly FrozenDictionary<string, object?[]> Defaults = typeof(RealtimeHub)
        .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Where(method => method.GetParameters().Any(parameter => parameter.HasDefaultValue))
        .ToFrozenDictionary(
            method => method.Name,
            method => method.GetParameters().Where(parameter => parameter.HasDefaultValue).Select(parameter => parameter.DefaultValue).ToArray(),
            StringComparer.OrdinalIgnoreCase);

    private readonly Func<ReadOnlySequence<byte>, int?> _count =
        inner.TransferFormat == TransferFormat.Text ? ArgumentCount.InJson : ArgumentCount.InMessagePack;

    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var leaving = new WithoutLast(binder, input, _count);
        if (!inner.TryParseMessage(ref input, leaving, out message))
            return false;
        if (message is InvocationMessage call && leaving.LeftOut.Length > 0)
            message = new InvocationMessage(call.InvocationId, call.Target, [.. call.Arguments, .. leaving.LeftOut], call.StreamIds) { Headers = call.Headers };
        else if (message is CloseMessage)
            Goodbye.Current?.Say();
        return true;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    /// <summary>Asks for as many of a method's arguments as the call has, if those left out have a default.</summary>
    private sealed class WithoutLast(IInvocationBinder binder, ReadOnlySequence<byte> unread, Func<ReadOnlySequence<byte>, int?> count) : IInvocationBinder
    {
        /// <summary>The defaults of what the call has left out.</summary>
        public object?[] LeftOut { get; private set; } = [];

        public IReadOnlyList<Type> GetParameterTypes(string methodName)
        {
            var types = binder.GetParameterTypes(methodName);
            if (!Defaults.TryGetValue(methodName, out var defaults) || count(unread) is not { } given)
                return types;
            var missing = types.Count - given;
            if (missing < 1 || missing > defaults.Length)
                return types;
            LeftOut = defaults[^missing..];
            return [.. types.Take(given)];
        }

        public Type GetReturnType(string invocationId) => binder.GetReturnType(invocationId);

        public Type GetStreamItemType(string streamId) => binder.GetStreamItemType(streamId);
    }
}
