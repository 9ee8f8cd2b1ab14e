using System.Threading.Channels;

namespace Realtime.Client.Delivery;

/// <summary>Runs the application's handlers one after the other, in the order of what happened, away from the connection.</summary>
internal sealed class Dispatcher
{
    private readonly Channel<Func<ValueTask>> _turns = Channel.CreateUnbounded<Func<ValueTask>>(new() { SingleReader = true });
    private readonly Action<Exception> _failed;

    /// <summary>Starts.</summary>
    /// <param name="failed">Gets what handlers throw. Must not throw itself.</param>
    public Dispatcher(Action<Exception> failed)
    {
        _failed = failed;
        _ = Task.Run(RunAsync);
    }

    /// <summary>Adds a turn; none is taken any more after <see cref="End"/>.</summary>
    public void Post(Func<ValueTask> turn) => _turns.Writer.TryWrite(turn);

    /// <summary>Adds a turn that does not wait for anything.</summary>
    public void Post(Action turn) => Post(() =>
    {
        turn();
        return ValueTask.CompletedTask;
    });

    /// <summary>Takes no more turns; those that are there are still run.</summary>
    public void End() => _turns.Writer.TryComplete();

    private async Task RunAsync()
    {
        await foreach (var turn in _turns.Reader.ReadAllAsync())
        {
            try
            {
                await turn();
            }
            catch (Exception e)
            {
                _failed(e);
            }
        }
    }
}
