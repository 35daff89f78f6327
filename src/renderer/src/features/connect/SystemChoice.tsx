import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { systems, type System } from '#shared/cable';
import { useCrema } from '../../store';

const names: Readonly<Record<System, string>> = { win32: 'Windows', darwin: 'macOS', linux: 'Linux' };

/** The operating system for instructions: this computer's by default, or another one for remote help. */
export function useSystem(): readonly [System, (system: System) => void] {
  const here = useCrema((s) => s.about?.platformName);
  const [chosen, setChosen] = useState<System | null>(null);
  return [chosen ?? systems.find((one) => one === here) ?? 'linux', setChosen];
}

interface SystemChoiceProps {
  readonly label: string;
  readonly system: System;
  readonly onChange: (system: System) => void;
}

export function SystemChoice({ label, system, onChange }: SystemChoiceProps) {
  return (
    <SegmentedControl
      size="xs"
      aria-label={label}
      value={system}
      onChange={(value) => onChange(systems.find((one) => one === value) ?? 'linux')}
      data={systems.map((value) => ({ value, label: names[value] }))}
    />
  );
}
