using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Realtime.Web.Hubs.Direct;

namespace Realtime.Web.Hubs;

/// <summary>
/// A hub protocol of SignalR's, with three things more. Clients may leave out the last arguments of hub methods where those have a
/// default, while SignalR wants as many arguments as there are parameters. A client's close message is noted as its goodbye. And
/// calls that can be <see cref="DirectCalls">direct</see> begin here, where they are read. To other hubs of the application it is
/// what it was.
/// </summary>
internal sealed class RealtimeHubProtocol(IHubProtocol inner, Lazy<DirectCalls> direct) : IHubProtocol
{
    // Parsing is synchronous, so one for each thread is enough.
    [ThreadStatic]
    private static WithoutLast? _reused;

    private readonly Func<ReadOnlySequence<byte>, int?> _count =
        inner.TransferFormat == TransferFormat.Text ? ArgumentCount.InJson : ArgumentCount.InMessagePack;

    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (HubClient.Current is not { } client)
            return inner.TryParseMessage(ref input, binder, out message);
        var leaving = _reused ??= new WithoutLast();
        leaving.Begin(binder, input, _count);
        object?[] leftOut;
        try
        {
            if (!inner.TryParseMessage(ref input, leaving, out message))
                return false;
        }
        finally
        {
            leftOut = leaving.End();
        }
        if (message is InvocationMessage call)
            message = Begin(client, call, leftOut);
        else if (message is CloseMessage)
            client.SayGoodbye();
        return true;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        if (message is CompletionMessage answer)
            HubClient.Current?.Link?.Calls.NoteAnswer(answer.InvocationId);
        inner.WriteMessage(message, output);
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    // Of one that has begun SignalR gets to know as of a ping, which does nothing but show that the client is there.
    private HubMessage Begin(HubClient client, InvocationMessage call, object?[] leftOut)
    {
        if (client.Link is { } link)
        {
            if (direct.Value.TryBegin(link, call))
                return PingMessage.Instance;
            if (call is { InvocationId: { } invocation, Target: not nameof(RealtimeHub.Request) }) // those are in no line
                link.Calls.Expect(invocation);
        }
        return leftOut.Length == 0
            ? call
            : new InvocationMessage(call.InvocationId, call.Target, [.. call.Arguments, .. leftOut], call.StreamIds) { Headers = call.Headers };
    }

    /// <summary>Asks for as many of a method's arguments as the call has, if those left out have a default.</summary>
    private sealed class WithoutLast : IInvocationBinder
    {
        private IInvocationBinder _binder = null!;
        private ReadOnlySequence<byte> _unread;
        private Func<ReadOnlySequence<byte>, int?> _count = null!;
        private object?[] _leftOut = [];

        public void Begin(IInvocationBinder binder, ReadOnlySequence<byte> unread, Func<ReadOnlySequence<byte>, int?> count) =>
            (_binder, _unread, _count, _leftOut) = (binder, unread, count, []);

        /// <summary>The defaults of what the call has left out.</summary>
        public object?[] End()
        {
            (_binder, _unread) = (null!, default); // a thread that parses no more holds on to no connection
            return _leftOut;
        }

        public IReadOnlyList<Type> GetParameterTypes(string methodName)
        {
            if (OptionalArguments.Of(methodName) is not { } optional || _count(_unread) is not { } given || !optional.MayBe(given))
                return _binder.GetParameterTypes(methodName);
            _leftOut = optional.DefaultsBehind(given);
            return optional.TypesOf(given);
        }

        public Type GetReturnType(string invocationId) => _binder.GetReturnType(invocationId);

        public Type GetStreamItemType(string streamId) => _binder.GetStreamItemType(streamId);
    }
}
