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
/// default, while SignalR wants as many arguments as there are parameters; only a call that could not be bound is read again,
/// so it costs nothing where all are given. And a client's close message is noted as its <see cref="Goodbye"/>.
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

    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var unread = input;
        if (!inner.TryParseMessage(ref input, binder, out message))
            return false;
        if (message is InvocationBindingFailureMessage failed && Defaults.TryGetValue(failed.Target, out var defaults))
            message = ReadAgain(unread, binder, defaults) ?? message;
        else if (message is CloseMessage)
            Goodbye.Current?.Say();
        return true;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    private InvocationMessage? ReadAgain(ReadOnlySequence<byte> unread, IInvocationBinder binder, object?[] defaults)
    {
        for (var left = 1; left <= defaults.Length; left++)
        {
            var input = unread;
            if (inner.TryParseMessage(ref input, new WithoutLast(binder, left), out var message) && message is InvocationMessage call)
                return new InvocationMessage(call.InvocationId, call.Target, [.. call.Arguments, .. defaults[^left..]], call.StreamIds) { Headers = call.Headers };
        }
        return null;
    }

    private sealed class WithoutLast(IInvocationBinder binder, int left) : IInvocationBinder
    {
        public IReadOnlyList<Type> GetParameterTypes(string methodName)
        {
            var types = binder.GetParameterTypes(methodName);
            return [.. types.Take(types.Count - left)];
        }

        public Type GetReturnType(string invocationId) => binder.GetReturnType(invocationId);

        public Type GetStreamItemType(string streamId) => binder.GetStreamItemType(streamId);
    }
}
