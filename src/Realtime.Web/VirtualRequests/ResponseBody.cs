using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Realtime.Web.VirtualRequests;

/// <summary>Keeps what the application writes, up to a bound: the answer to a virtual request is one message.</summary>
internal sealed class ResponseBody(ResponseSide response, int most) : PipeWriter, IHttpResponseBodyFeature
{
    private readonly ArrayBufferWriter<byte> _written = new();
    private Stream? _stream;
    private int _flushed;

    public ReadOnlyMemory<byte> Written => _written.WrittenMemory;

    public Stream Stream => _stream ??= new ResponseStream(this);

    public PipeWriter Writer => this;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _written.WrittenCount - _flushed;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _written.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _written.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        _written.Advance(bytes);
        if (_written.WrittenCount > most)
            throw TooLarge();
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _flushed = _written.WrittenCount;
        return response.HasStarted ? default : StartAndFlushAsync();
    }

    /// <summary>Takes back what is written; nothing of it is on its way before the answer as a whole is.</summary>
    public void Clear()
    {
        _written.ResetWrittenCount();
        _flushed = 0;
    }

    public override void CancelPendingFlush()
    {
        // There is never one: memory takes everything at once.
    }

    public override void Complete(Exception? exception = null)
    {
        // The answer ends when the application has run.
    }

    Task IHttpResponseBodyFeature.CompleteAsync() => response.StartAsync();

    Task IHttpResponseBodyFeature.StartAsync(CancellationToken cancellationToken) => response.StartAsync();

    void IHttpResponseBodyFeature.DisableBuffering()
    {
        // A wish, which cannot be granted here; whether it ends decides.
    }

    Task IHttpResponseBodyFeature.SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken) =>
        (count ?? new FileInfo(path).Length - offset) + _written.WrittenCount > most
            ? throw TooLarge()
            : SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    private async ValueTask<FlushResult> StartAndFlushAsync()
    {
        await response.StartAsync();
        return default;
    }

    private RealtimeException TooLarge() => response.Refuse(
        new(ErrorCodes.InternalError, $"The answer is larger than {most} bytes: ask for less of it, or call this over HTTP."));
}
