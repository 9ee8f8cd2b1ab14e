using System.Text.Json;
using Realtime.Client.Connection;
using Realtime.Client.Rooms;

namespace Realtime.Client.Delivery;

/// <summary>Ways to read a frame.</summary>
internal static class Reading
{
    public static Func<Frame, T> Data<T>(Session session) => frame => Json<T>(frame, session);

    public static Func<Frame, RealtimeEvent<T>> Event<T>(Session session) => frame => new(frame.Event, Json<T>(frame, session))
    {
        Room = frame.Source.Room,
        Topic = frame.Source.Topic,
        IsReplay = frame.IsReplay,
    };

    public static Func<Frame, RoomEvent<T>> OfRoom<T>(Session session) => frame =>
        new(frame.Event, Json<T>(frame, session), frame.Feed is null ? null : frame.Position, frame.IsReplay);

    // Whoever asks for a T that cannot be null gets what JSON null is read as: the application says what its events carry.
    private static T Json<T>(Frame frame, Session session) => frame.Data.Deserialize<T>(session.Options.Json)!;
}

/// <summary>Ways to listen.</summary>
internal static class Listening
{
    public static IDisposable Start<T>(Session session, Listeners? ofRoom, string name, Func<Frame, T> read, Action<T> handle) =>
        Begin(session, ofRoom, name, new Handler<T>(session.Dispatcher, read, value =>
        {
            handle(value);
            return ValueTask.CompletedTask;
        }));

    public static IDisposable Start<T>(Session session, Listeners? ofRoom, string name, Func<Frame, T> read, Func<T, Task> handle) =>
        Begin(session, ofRoom, name, new Handler<T>(session.Dispatcher, read, value => new ValueTask(handle(value))));

    public static IAsyncEnumerable<T> Stream<T>(Session session, Listeners? ofRoom, string? name, Func<Frame, T> read)
    {
        var stream = new EventStream<T>(session.Options.StreamCapacity, read, listener => session.Without(ofRoom, name, listener));
        session.With(ofRoom, listeners => listeners.Add(name, stream));
        return stream;
    }

    private static Stopping Begin<T>(Session session, Listeners? ofRoom, string name, Handler<T> handler)
    {
        session.With(ofRoom, listeners => listeners.Add(name, handler));
        return new Stopping(() =>
        {
            handler.Stop();
            session.Without(ofRoom, name, handler);
        });
    }

    private sealed class Stopping(Action stop) : IDisposable
    {
        public void Dispose() => stop();
    }
}
