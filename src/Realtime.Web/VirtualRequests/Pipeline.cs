using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Realtime.Web.VirtualRequests;

/// <summary>The application's own pipeline, all of its middleware included: what HTTP requests run through (contract V-12).</summary>
internal sealed class Pipeline
{
    private RequestDelegate? _all;
    private ExecutionContext? _clean;

    /// <summary>Remembers what comes after the server, when the application is built.</summary>
    public RequestDelegate Take(RequestDelegate all)
    {
        (_all, _clean) = (all, ExecutionContext.Capture());
        return all;
    }

    /// <summary>
    /// Starts work as the server would: without the ambient values of the connection, whose <c>IHttpContextAccessor</c> would
    /// else lose its own context to the request's.
    /// </summary>
    public Task<T> Start<T>(Func<Task<T>> work)
    {
        if (_clean is not { } clean)
            return work();
        var started = new Started<T>(work, Activity.Current);
        ExecutionContext.Run(clean, static state => ((Started<T>)state!).Run(), started);
        return started.Task!;
    }

    /// <summary>Runs a request through all of the application.</summary>
    public Task RunAsync(HttpContext context) => _all is { } all
        ? all(context)
        : throw new InvalidOperationException("The application was built without its startup filters: virtual requests need them.");

    private sealed class Started<T>(Func<Task<T>> work, Activity? activity)
    {
        public Task<T>? Task { get; private set; }

        public void Run()
        {
            Activity.Current = activity; // what the request does belongs to the call's trace
            Task = work();
        }
    }
}

/// <summary>Stands in front of the application's middleware, and costs HTTP requests nothing.</summary>
internal sealed class PipelineFilter(Pipeline pipeline) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(pipeline.Take);
        next(app);
    };
}
