using ComIm.HelpGenerator;

Directory.CreateDirectory(Path.GetDirectoryName(Generator.HelpFile)!);
File.WriteAllText(Generator.HelpFile, Generator.Generate());
Console.WriteLine($"{Generator.Pages.Count} cmdlets in {Generator.HelpFile}");
