using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>A header field of a signaling message. Its value is what stands before the parameters.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccSignalingHeaderField : DispatchObject, IUccSignalingHeaderField
{
    private readonly Lock _gate = new();
    private readonly List<UccSignalingHeaderFieldParameter> _parameters = [];
    private string _value = "";

    /// <param name="name">Its name.</param>
    /// <param name="value">Its value, with parameters where it has some.</param>
    public UccSignalingHeaderField(string? name, string? value)
        : base(UccCoclasses.UccSignalingHeaderField.Dispatch)
    {
        Name = SignalingText.Name(name);
        Value = value ?? "";
    }

    public string Name { get; }

    public string Value
    {
        get => _value;
        set
        {
            var text = SignalingText.Value(value);
            var end = SignalingText.ParametersAt(text);
            lock (_gate)
            {
                _value = text[..end].Trim();
                if (end < text.Length)
                {
                    _parameters.Clear();
                    ReadParameters(text[end..]);
                }
            }
        }
    }

    public IUccCollection Parameters
    {
        get
        {
            lock (_gate)
            {
                return new UccCollection([.. _parameters]);
            }
        }
    }

    /// <summary>The value as it stands in a message, with its parameters.</summary>
    internal string Text
    {
        get
        {
            lock (_gate)
            {
                return _value + string.Concat(_parameters.Select(p => p.Text));
            }
        }
    }

    public IUccSignalingHeaderFieldParameter AddParameter(string? bstrName, string? bstrValue)
    {
        var added = new UccSignalingHeaderFieldParameter(bstrName, bstrValue);
        lock (_gate)
        {
            if (_parameters.Count == SignalingMessageObject.Capacity)
            {
                throw new HResultException(HResults.InvalidArgument, $"There are {_parameters.Count} parameters already.");
            }

            _parameters.Add(added);
        }

        return added;
    }

    public void RemoveParameter(IUccSignalingHeaderFieldParameter? pParameter)
    {
        lock (_gate)
        {
            if (_parameters.RemoveAll(p => ReferenceEquals(p, pParameter)) == 0)
            {
                throw new HResultException(UccHResults.UCC_E_NOT_EXIST, $"The parameter is not one of {Name}.");
            }
        }
    }

    public IUccCollection FindParameter(string? bstrName)
    {
        lock (_gate)
        {
            return new UccCollection([.. _parameters.Where(p => string.Equals(p.Name, bstrName, StringComparison.OrdinalIgnoreCase))]);
        }
    }

    private void ReadParameters(string text)
    {
        while (text.Length > 0 && _parameters.Count < SignalingMessageObject.Capacity)
        {
            var end = 1 + SignalingText.ParametersAt(text[1..]);
            var parts = text[1..end].Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts[0].Length > 0)
            {
                _parameters.Add(new UccSignalingHeaderFieldParameter(parts[0], parts.ElementAtOrDefault(1)));
            }

            text = text[end..];
        }
    }
}
