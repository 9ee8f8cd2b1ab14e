using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Realtime.Web.VirtualRequests;

/// <summary>Gives controllers the socket of a request: they do not know <see cref="RealtimeSocket.BindAsync"/>.</summary>
internal sealed class RealtimeSocketBinder : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext binding)
    {
        if (RealtimeSocket.Of(binding.HttpContext) is { } socket)
        {
            // Nothing in it is the client's to get wrong.
            binding.ValidationState[socket] = new() { SuppressValidation = true };
            binding.Result = ModelBindingResult.Success(socket);
        }
        else if (!binding.ModelMetadata.IsRequired)
        {
            binding.Result = ModelBindingResult.Success(null);
        }
        else
        {
            binding.ModelState.TryAddModelError(binding.ModelName, "This can only be asked over a socket.");
        }

        return Task.CompletedTask;
    }
}
