using System.Threading.Tasks.Sources;
using Realtime.Web.Transport.Output;

namespace Realtime.Web.Tests.Transport.Output;

/// <summary>A network that has not taken the bytes yet when it is first asked, and has when it is asked again at once.</summary>
internal sealed class LateWire : Wire
{
    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => new(new Late(), 0);

    private sealed class Late : IValueTaskSource
    {
        private bool _wasAsked;

        public ValueTaskSourceStatus GetStatus(short token)
        {
            var status = _wasAsked ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;
            _wasAsked = true;
            return status;
        }

        public void GetResult(short token)
        {
        }

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            continuation(state);
    }
}
