using System.Runtime.InteropServices;
using ComIm.Com.Interop;

namespace ComIm.Com.Tests.Interop;

/// <summary>The dispatcher seen from its memory side: VARIANTs, DISPPARAMS and EXCEPINFO, on any system.</summary>
public sealed unsafe class DispatchFrameTests
{
    private readonly Shop _shop = new();

    [Fact]
    public void A_call_goes_through_memory()
    {
        var result = default(Variant);
        var code = Invoke("Describe", ["tea", 5], [], &result, null);
        Assert.Equal(HResults.Ok, code);
        Assert.Equal("tea:5:-", VariantReader.Read(&result));
        VariantWriter.Clear(&result);
        Assert.Equal(VariantType.Empty, result.Type);
    }

    [Fact]
    public void A_result_overwrites_whatever_stands_there()
    {
        Variant result;
        new Span<byte>(&result, sizeof(Variant)).Fill(0xCD);
        Assert.Equal(HResults.Ok, Invoke("Title", [], [], &result, null));
        Assert.Equal("corner shop", VariantReader.Read(&result));
        VariantWriter.Clear(&result);
    }

    [Fact]
    public void An_exception_fills_EXCEPINFO()
    {
        var info = default(ExceptionInfo);
        Assert.Equal(HResults.Exception, Invoke("Fail", [unchecked((int)0x80EF0191), "wrong"], [], null, &info));
        Assert.Equal(unchecked((int)0x80EF0191), info.SCode);
        Assert.Equal("wrong", Marshal.PtrToStringBSTR(info.Description));
        Assert.Equal("ComIm", Marshal.PtrToStringBSTR(info.Source));
        Marshal.FreeBSTR(info.Description);
        Marshal.FreeBSTR(info.Source);
    }

    [Fact]
    public void Without_EXCEPINFO_the_code_itself_is_returned() =>
        Assert.Equal(unchecked((int)0x80EF0191), Invoke("Fail", [unchecked((int)0x80EF0191), "wrong"], [], null, null));

    [Fact]
    public void A_success_code_in_an_exception_is_a_failure_all_the_same() =>
        Assert.Equal(HResults.Fail, Invoke("Fail", [0, "odd"], [], null, null));

    [Fact]
    public void A_variable_passed_by_reference_is_read_and_written()
    {
        var variable = default(Variant);
        VariantWriter.Write(10, &variable);
        var arguments = stackalloc Variant[3];
        arguments[0] = new Variant { Type = VariantType.ByRef | VariantType.Variant, Data = (nint)(&variable) };
        arguments[1] = default;
        VariantWriter.Write("word", arguments + 2);
        var parameters = new DispatchParameters { Values = arguments, Count = 3 };
        var code = DispatchFrame.Invoke(_shop.Dispatch, _shop, 4, DispatchKinds.Method, &parameters, null, null, null);
        VariantWriter.Clear(arguments + 2);
        Assert.Equal(HResults.Ok, code);
        Assert.Equal(14, VariantReader.Read(&variable));
    }

    [Fact]
    public void Names_of_parameters_are_found_too()
    {
        var names = new[] { "Describe", "note", "nonsense" }.Select(Marshal.StringToHGlobalUni).ToArray();
        var ids = new int[3];
        fixed (nint* first = names)
        fixed (int* id = ids)
        {
            Assert.Equal(HResults.UnknownName, DispatchFrame.GetIdsOfNames(_shop.Dispatch, (nint)first, 3, (nint)id));
        }

        Assert.Equal([1, 2, -1], ids);
        Array.ForEach(names, Marshal.FreeHGlobal);
    }

    public static TheoryData<object?> Values => new(
        null, DBNull.Value, "text", "", 1, (short)-2, (byte)3, true, false, 1.5, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Unspecified));

    [Theory]
    [MemberData(nameof(Values))]
    public void Values_survive_a_VARIANT(object? value)
    {
        var variant = default(Variant);
        VariantWriter.Write(value, &variant);
        Assert.Equal(value, VariantReader.Read(&variant));
        VariantWriter.Clear(&variant);
    }

    [Fact]
    public void An_enumerator_gives_values_in_portions()
    {
        var enumerator = new VariantEnumerator(["a", 2, null]);
        var variants = stackalloc Variant[2];
        int fetched;
        Assert.Equal(HResults.Ok, enumerator.Next(2, (nint)variants, (nint)(&fetched)));
        Assert.Equal((2, "a", (object?)2), (fetched, VariantReader.Read(variants), VariantReader.Read(variants + 1)));
        VariantWriter.Clear(variants);
        enumerator.Clone(out var copy);
        Assert.Equal(HResults.False, enumerator.Next(2, (nint)variants, (nint)(&fetched)));
        Assert.Equal(1, fetched);
        Assert.Equal(HResults.Ok, copy!.Skip(1));
        Assert.Equal(HResults.False, copy.Skip(1));
        enumerator.Reset();
        Assert.Equal(HResults.Ok, enumerator.Skip(3));
    }

    private int Invoke(string name, object?[] arguments, int[] named, Variant* result, ExceptionInfo* info)
    {
        var variants = stackalloc Variant[arguments.Length + 1];
        for (var i = 0; i < arguments.Length; i++)
        {
            VariantWriter.Write(arguments[i], variants + (arguments.Length - 1 - i));
        }

        fixed (int* ids = named)
        {
            var parameters = new DispatchParameters
            {
                Values = variants, Count = arguments.Length, NamedIds = ids, NamedCount = named.Length,
            };
            var kinds = DispatchKinds.Method | DispatchKinds.PropertyGet;
            var code = DispatchFrame.Invoke(
                _shop.Dispatch, _shop, _shop.Dispatch.Find(name)!.DispId, kinds, &parameters, result, info, null);
            for (var i = 0; i < arguments.Length; i++)
            {
                VariantWriter.Clear(variants + i);
            }

            return code;
        }
    }
}
