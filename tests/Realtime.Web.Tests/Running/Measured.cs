using System.Diagnostics.Metrics;

namespace Realtime.Web.Tests.Running;

/// <summary>What one application measures with one meter, from here on.</summary>
internal sealed class Measured : IDisposable
{
    private readonly object _turn = new();
    private readonly Dictionary<string, List<double>> _values = [];
    private readonly MeterListener _listener = new();

    public Measured(IMeterFactory application, string meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meter && instrument.Meter.Scope == application)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Note(instrument, value));
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Note(instrument, value));
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Note(instrument, value));
        _listener.Start();
    }

    /// <summary>The values of an instrument, in order.</summary>
    public List<double> Of(string instrument)
    {
        lock (_turn)
            return [.. _values.GetValueOrDefault(instrument) ?? []];
    }

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value)
    {
        lock (_turn)
        {
            if (!_values.TryGetValue(instrument.Name, out var values))
                _values[instrument.Name] = values = [];
            values.Add(value);
        }
    }
}
