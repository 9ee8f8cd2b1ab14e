using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Realtime.Web.Api;

namespace Realtime.Web.VirtualRequests;

/// <summary>
/// Keeps the developer's exception page, which shows the stack, to browsers: over a socket a failure is a 500 without it,
/// in Development too (contract V-14).
/// </summary>
internal sealed class NoStackOverSockets : IDeveloperPageExceptionFilter
{
    public Task HandleExceptionAsync(ErrorContext error, Func<ErrorContext, Task> next) =>
        error.HttpContext.Features.Get<ISocketFeature>() is null
            ? next(error)
            : Problem.WriteAsync(error.HttpContext, Failures.Explain(error.Exception));
}
