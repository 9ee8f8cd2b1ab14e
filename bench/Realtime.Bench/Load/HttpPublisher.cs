using System.Text;
using Realtime.Bench.Linux;

namespace Realtime.Bench.Load;

/// <summary>A request that publishes.</summary>
/// <param name="Path">Path for a room.</param>
/// <param name="Headers">Further header lines, each with its line end.</param>
/// <param name="Body">Body for a payload.</param>
internal sealed record HttpPublication(Func<string, string> Path, string Headers, Func<string, string> Body);

/// <summary>Publishes by POST over kept-alive connections, each with one request at a time; with several servers, to one after the other.</summary>
internal sealed class HttpPublisher(EventLoop loop, IReadOnlyList<System.Net.IPEndPoint> servers, HttpPublication form) : IPublisher
{
    private readonly List<HttpConnection> _all = [];
    private readonly Queue<HttpConnection> _idle = [];

    public int Unanswered => _all.Count - _idle.Count;

    public void Publish(string room, ReadOnlySpan<byte> payload)
    {
        if (_all.Count < servers.Count || !_idle.TryDequeue(out var connection))
            _all.Add(connection = new HttpConnection(loop, servers[_all.Count % servers.Count], _idle.Enqueue));
        var body = form.Body(Encoding.ASCII.GetString(payload));
        connection.Send(
            $"POST {form.Path(room)} HTTP/1.1\r\nHost: {connection.Server}\r\n{form.Headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}" +
            $"\r\n\r\n{body}");
    }

    public void Dispose() => _all.ForEach(connection => connection.Dispose());
}
